using System.Text.Json;
using Morula.Cli;
using Morula.Diagnosis;
using Morula.Linking;
using Morula.Tests.Cli;
using Morula.Tests.Formats;
using Morula.Tracking;
using Xunit;

namespace Morula.Tests.Diagnosis;

public sealed class DoctorTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    [Fact, NoTensorLeaks]
    public void Where_tests_pass_nothing_fails_and_every_finding_is_a_line()
    {
        Finding[] findings = [.. new Doctor(temporary["."], new ExactLinkSolver()).Examine(TestContext.Current.CancellationToken)];
        Assert.All(findings, finding => Assert.True(finding.State != FindingState.Failure, $"{finding}"));
        Assert.All(findings, finding => Assert.DoesNotContain('\n', finding.Found + finding.Mend));
        Assert.All(findings, finding => Assert.Equal(finding.State == FindingState.Ok, finding.Mend.Length == 0));
        Assert.Equal(findings.Length, findings.Select(finding => finding.Subject).Distinct().Count());
        Assert.Contains(findings, finding => finding.Subject == "networks" && finding.Found.StartsWith("membrane3d (rank 3, ", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary["."]));
    }

    [Fact]
    public void A_library_that_does_not_load_is_a_failure_with_its_reason()
    {
        var doctor = new Doctor(temporary["."], new ExactLinkSolver(), () => throw new PlatformNotSupportedException("needs\nglibc"));
        Finding found = doctor.Examine(TestContext.Current.CancellationToken).Single(finding => finding.Subject == "tensors");
        Assert.Equal((FindingState.Failure, "PlatformNotSupportedException: needs glibc"), (found.State, found.Found));
        Assert.NotEmpty(found.Mend);
    }

    [Fact]
    public void A_solver_that_chooses_wrongly_is_found_out()
    {
        Finding found = new Doctor(temporary["."], new Lazybones()).Examine(TestContext.Current.CancellationToken).Single(finding => finding.Subject == "link solver");
        Assert.Equal(FindingState.Failure, found.State);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_failure()
    {
        Finding found = new Doctor(temporary["none"], new ExactLinkSolver()).Examine(TestContext.Current.CancellationToken).Single(finding => finding.Subject == "current folder");
        Assert.Equal(FindingState.Failure, found.State);
        Assert.Contains("is not there", found.Found);
    }

    [Fact]
    public void The_verb_answers_with_one_where_something_fails()
    {
        var (code, output, _) = TrainedFolder.Command("doctor", temporary["none"]);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Matches(@"(?m)^ok       tensors: libtorch ", output);
        Assert.Matches(@"(?m)^failure  current folder: ", output);
        Assert.Matches(@"checks: 1 failure, (no|\d) warnings?\s*$", output);
    }

    [Fact]
    public void Findings_are_events_for_programs()
    {
        var (code, output, _) = TrainedFolder.Command("doctor", temporary["."], "--format", "json");
        JsonElement[] events = [.. output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.Clone())];
        Assert.Equal(0, code);
        JsonElement tensors = events.Single(one => one.TryGetProperty("subject", out var subject) && subject.GetString() == "tensors");
        Assert.Equal(("item", "ok"), (tensors.GetProperty("event").GetString(), tensors.GetProperty("state").GetString()));
        Assert.Equal(0, events[^2].GetProperty("failures").GetInt32());
    }

    public void Dispose() => temporary.Dispose();

    private sealed class Lazybones : ILinkSolver
    {
        public LinkSolution Solve(LinkProblem problem, CancellationToken cancellation = default) => new([], [], []);
    }
}
