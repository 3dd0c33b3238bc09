using Morula.Cli;

RestartedForMemory.IfWorthwhile(args);
using var stop = new StopSignal(Console.Error);
return CommandLine.Run(args, Console.Out, Console.Error, stop.Token);
