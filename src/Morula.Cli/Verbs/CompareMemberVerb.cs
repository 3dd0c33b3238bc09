using System.CommandLine;
using System.Text.Json;
using Morula.Comparison;
using Morula.Linking;

namespace Morula.Cli.Verbs;

/// <summary>morula compare-member: one process of a comparison; compare starts it, and help does not list it.</summary>
internal static class CompareMemberVerb
{
    public const string Name = "compare-member";

    private static readonly Argument<string> Request = new("request") { Description = "File that says what to do." };

    public static Verb Create()
    {
        Verb verb = Verb.Create(
            Name,
            "One process of a comparison.",
            [new VerbExample("compare-member comparison/lean/seed1/train_request.json", "does what compare asked it for")],
            [Request],
            Run);
        verb.Hidden = true;
        return verb;
    }

    private static void Run(VerbContext context)
    {
        string request = context.Value(Request);
        using CancellationTokenSource stop = Console.IsInputRedirected ? InputEnd.Stops(context) : CancellationTokenSource.CreateLinkedTokenSource(context.Stop);
        if (!MemberRequest.Read(request).IsClassical) QuietTorch.EnsureLoaded();
        MemberRun.Run(request, new ExactLinkSolver(), TimeProvider.System, new Lines(context), stop.Token);
    }

    private sealed class Lines(VerbContext context) : IProgress<MemberProgress>
    {
        public void Report(MemberProgress value) => context.Output.WriteLine(JsonSerializer.Serialize(value));
    }
}
