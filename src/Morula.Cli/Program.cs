using Morula.Cli;
using Morula.Tensors;

StartedAgain.IfWorthwhile(args);
if (StartedAgain.NeedsNetwork(args)) TorchLibrary.BeginLoading();
int code;
using (var stop = new StopSignal(Console.Error)) code = CommandLine.Run(args, Console.Out, Console.Error, stop.Token);
Console.Out.Flush();
Console.Error.Flush();
TorchLibrary.LeaveIfLoaded(code);
return code;
