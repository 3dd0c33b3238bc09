using System.Text.Json;

namespace Morula.Bench.Cost;

/// <summary>Runs a measurement in a process of its own.</summary>
internal static class CostChild
{
    /// <summary>Verb that the program starts itself with; the setting follows as JSON.</summary>
    public const string Verb = "cost-one";

    /// <summary>What the child does: measures and writes the result as one line of JSON.</summary>
    public static void Answer(string setting) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(CostMeasurement.Run(JsonSerializer.Deserialize<CostSetting>(setting)!)));

    /// <summary>Starts a child and waits for its result.</summary>
    /// <exception cref="InvalidOperationException">The child failed; it has said why on the error stream.</exception>
    public static CostResult Measure(CostSetting setting) => JsonSerializer.Deserialize<CostResult>(Child.Ask(
        Child.Self(Verb, JsonSerializer.Serialize(setting)), setting.Threads, $"{setting.Options} at {Sizes.Name(setting.Extent)}"))!;
}
