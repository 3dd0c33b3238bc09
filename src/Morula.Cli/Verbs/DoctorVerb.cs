using System.CommandLine;
using Morula.Diagnosis;
using Morula.Linking;

namespace Morula.Cli.Verbs;

/// <summary>morula doctor: what this machine lacks.</summary>
internal static class DoctorVerb
{
    private static readonly Argument<string> Folder = new("folder") { Description = "Folder that results would go to.", DefaultValueFactory = _ => "." };

    public static Verb Create() => Verb.Create(
        "doctor",
        "Looks whether this machine can do the work: libraries, memory, processors, disk, networks. Answers 1 where something will not work.",
        [
            new VerbExample("doctor", "one line a check: ok, warning or failure, what was found, how to mend it"),
            new VerbExample("doctor /scratch/me --format json", "also whether results may be written there, for a script"),
        ],
        [Folder],
        Run);

    private static void Run(VerbContext context)
    {
        var doctor = new Doctor(Path.GetFullPath(context.Value(Folder)), new ExactLinkSolver(), QuietTorch.EnsureLoaded);
        var counts = new int[Enum.GetValues<FindingState>().Length];
        foreach (Finding finding in doctor.Examine(context.Stop))
        {
            counts[(int)finding.State]++;
            context.Item(finding, Line(finding));
        }

        int warnings = counts[(int)FindingState.Warning], failures = counts[(int)FindingState.Failure];
        if (failures > 0) context.Code = ExitCode.Failed;
        context.Result(new { checks = counts.Sum(), warnings, failures }, $"{counts.Sum()} checks: {Count(failures, "failure")}, {Count(warnings, "warning")}");
    }

    private static string Line(Finding finding)
    {
        string mend = finding.Mend.Length == 0 ? string.Empty : $"; {finding.Mend}";
        return $"{finding.State.ToString().ToLowerInvariant(),-7}  {finding.Subject}: {finding.Found}{mend}";
    }

    private static string Count(int number, string what) => $"{(number == 0 ? "no" : number)} {what}{(number > 1 ? "s" : string.Empty)}";
}
