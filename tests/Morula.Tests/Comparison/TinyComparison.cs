using Morula.Comparison;
using Morula.Linking;
using Morula.Options;
using Morula.Tests.Formats;
using Morula.Tests.Training;

namespace Morula.Tests.Comparison;

/// <summary>Four embryos and options files of two tiny networks; comparisons run in this process.</summary>
public sealed class TinyComparison : IDisposable
{
    private readonly TinyTraining training = new();
    private readonly TemporaryFolder temporary = new();
    private int names;

    public TinyComparison()
    {
        Small = Write("small", TinyTraining.Options);
        Large = Write("large", TinyTraining.Options with
        {
            Model = TinyTraining.Options.Model with { Classes = ["nucleus"], Regions = TinyTraining.Options.Model.Regions with { BoxWidth = 12 } },
        });
    }

    public string Data => training.Data;

    public string Small { get; }

    public string Large { get; }

    /// <summary>Requests in the order in which they were launched, as NAME/seed stage.</summary>
    public List<string> Launched { get; } = [];

    public static ComparisonConditions Conditions(int? steps = 4, double? minutes = null, int seeds = 1, params string[] set) => new(steps, minutes, seeds, 1, set);

    public string NewPath() => temporary[$"comparison{names++}"];

    /// <summary>Writes an options file.</summary>
    public string Write(string name, MorulaOptions options)
    {
        string path = temporary[$"{name}.json"];
        File.WriteAllText(path, OptionsFile.Write(options));
        return path;
    }

    public ComparisonOutcome Run(
        string[] networks, string folder, ComparisonConditions conditions, CancellationToken stop, Action<ComparisonProgress>? told = null, string? data = null) =>
        NetworkComparison.Run(networks, data ?? Data, conditions, folder, Launch, TimeProvider.System, new Listener(told), stop);

    public void Dispose()
    {
        training.Dispose();
        temporary.Dispose();
    }

    private void Launch(string path, int threads, IProgress<MemberProgress> progress, CancellationToken stop)
    {
        MemberRequest request = MemberRequest.Read(path);
        Launched.Add($"{request.Name} {Path.GetFileName(request.Folder)} {request.Stage}");
        MemberRun.Run(path, new ExactLinkSolver(), TimeProvider.System, progress, stop);
    }

    private sealed class Listener(Action<ComparisonProgress>? told) : IProgress<ComparisonProgress>
    {
        public void Report(ComparisonProgress value) => told?.Invoke(value);
    }
}
