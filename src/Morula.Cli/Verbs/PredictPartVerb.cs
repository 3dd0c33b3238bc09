using System.CommandLine;
using System.Text.Json;
using Morula.Jobs;
using Morula.Linking;
using Morula.Streaming;

namespace Morula.Cli.Verbs;

/// <summary>morula predict-part: one process of a prediction that several share; predict starts it, or tasks of a cluster.</summary>
internal static class PredictPartVerb
{
    public const string Name = "predict-part";

    private static readonly Argument<string> Request = new("request") { Description = "File that says what to predict, written by predict." };

    private static readonly Option<PredictionStage> Stage = new("--stage") { Description = "What to do; the stages before must be done.", Required = true };

    private static readonly Option<string> Part = new("--share") { Description = "Which part of the stage, such as 0/8.", HelpName = "index/count", DefaultValueFactory = _ => "0/1" };

    private static readonly Option<bool> Attended = new("--attended") { Description = "Stops when standard input ends." };

    public static Verb Create()
    {
        Verb verb = Verb.Create(
            Name,
            "Does a part of a prediction that several processes share.",
            [new VerbExample("predict-part cells/parts/request.json --stage find --share 0/8", "lets the network look at the first eighth; repeated, it goes on")],
            [Request, Stage, Part, Attended],
            Run);
        verb.Hidden = true;
        return verb;
    }

    private static void Run(VerbContext context)
    {
        using CancellationTokenSource stop = context.Value(Attended) ? InputEnd.Stops(context) : CancellationTokenSource.CreateLinkedTokenSource(context.Stop);
        Share share = Share.Parse(context.Value(Part));
        QuietTorch.EnsureLoaded();
        using var prediction = new StagedPrediction(PredictionRequest.Read(context.Value(Request)), new ExactLinkSolver(), new SaidLines(context));
        prediction.Run(context.Value(Stage), share, new Lines(context), stop.Token);
        if (prediction.Warning is { } warning) context.Warn(warning);
    }

    private sealed class Lines(VerbContext context) : IProgress<UnitProgress>
    {
        public void Report(UnitProgress value) => context.Output.WriteLine(JsonSerializer.Serialize(value));
    }
}
