using System.Diagnostics;
using System.Text.Json;

namespace Morula.Bench.Peer;

/// <summary>Measures both sides, one process after the other.</summary>
internal sealed class PeerRun(PeerScript script)
{
    /// <summary>Verb that the program starts itself with; the setting follows as JSON.</summary>
    public const string Verb = "peer-one";

    /// <summary>What our child does.</summary>
    public static void Answer(string setting) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(PeerMeasurement.Run(JsonSerializer.Deserialize<PeerSetting>(setting)!)));

    /// <summary>A row of the table: neither side has settings of malloc.</summary>
    public PeerRow Measure(PeerSetting setting) => Both(setting, string.Empty, string.Empty);

    /// <summary>Two more: our command within a budget, which gives itself settings of malloc, and both sides with them.</summary>
    public IEnumerable<PeerRow> WithSettings(PeerSetting setting) =>
        new[] { string.Empty, PeerMalloc.Own }.Select(theirs => Both(setting, PeerMalloc.Own, theirs));

    private PeerRow Both(PeerSetting setting, string ourMalloc, string theirMalloc)
    {
        Console.Error.WriteLine($"measuring {setting.Options} at {Sizes.Name(setting.Extent)}, batch {setting.Batch}, threads {setting.Threads}");
        ProcessStartInfo start = Child.Self(Verb, JsonSerializer.Serialize(setting));
        PeerMalloc.Apply(start, ourMalloc);
        string name = $"{setting.Options} at {Sizes.Name(setting.Extent)}";
        PeerResult ours = JsonSerializer.Deserialize<PeerResult>(Child.Ask(start, setting.Threads, name))!;
        var (kernels, theirs) = PeerScript.BlasChoices()
            .Select(choice => (choice, Result: script.Measure(setting, theirMalloc, choice)))
            .MinBy(tried => tried.Result.StepSeconds);
        return new PeerRow(setting, ourMalloc, theirMalloc, kernels, ours, theirs);
    }
}
