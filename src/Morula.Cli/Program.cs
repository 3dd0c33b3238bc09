using Morula.Cli;

using var stop = new StopSignal(Console.Error);
return CommandLine.Run(args, Console.Out, Console.Error, stop.Token);
