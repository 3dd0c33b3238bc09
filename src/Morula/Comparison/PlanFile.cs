using System.Text.Json;
using System.Text.Json.Nodes;
using Morula.Formats;
using Morula.Options;

namespace Morula.Comparison;

/// <summary>Keeps the plan in its folder, so that a comparison goes on only as it was begun.</summary>
internal static class PlanFile
{
    private const int ShownLength = 60;

    public static string ToJson(ComparisonPlan plan) => new JsonObject
    {
        ["format"] = "morula comparison plan",
        ["version"] = 1,
        ["data"] = plan.Data,
        ["seeds"] = new JsonArray([.. plan.Seeds.Select(seed => (JsonNode)seed)]),
        ["members"] = new JsonArray([.. plan.Members.Select(member => new JsonObject
        {
            ["name"] = member.Name,
            ["options"] = JsonNode.Parse(OptionsFile.Write(member.Options)),
        })]),
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n";

    /// <summary>Writes plan and split into a new folder, or finds the very same there.</summary>
    /// <exception cref="OptionsException">The folder holds something else; the message says what differs.</exception>
    public static void Enter(ComparisonFolder folder, ComparisonPlan plan, string split, string splitOfOneClass)
    {
        if (File.Exists(folder.Path)) throw new OptionsException(folder.Path, "a file stands where the output folder should be; choose another folder.");
        if (File.Exists(folder.Plan))
        {
            RequireSame(folder, plan, split);
            return;
        }

        if (Directory.Exists(folder.Path) && Directory.EnumerateFileSystemEntries(folder.Path).Any())
            throw new OptionsException(folder.Path, "the output folder is not empty and holds no comparison; choose another folder.");
        AtomicFile.WriteText(folder.Split, split);
        AtomicFile.WriteText(folder.SplitOfOneClass, splitOfOneClass);
        // Last, since it stands for all of them.
        AtomicFile.WriteText(folder.Plan, ToJson(plan));
    }

    private static void RequireSame(ComparisonFolder folder, ComparisonPlan plan, string split)
    {
        string? difference = Difference(Read(folder), plan);
        if (difference is null && File.ReadAllText(folder.Split) != split) difference = "the images of the data set or their split are others";
        if (difference is not null)
            throw new OptionsException(folder.Path, $"holds a comparison with other arguments: {difference}. Repeat them to go on, or choose another --out.");
    }

    private static ComparisonPlan Read(ComparisonFolder folder)
    {
        try
        {
            JsonNode root = JsonNode.Parse(File.ReadAllText(folder.Plan))!;
            PlannedMember[] members = [.. root["members"]!.AsArray().Select(member => new PlannedMember(
                member!["name"]!.GetValue<string>(), OptionsFile.Parse<MorulaOptions>(member["options"]!.ToJsonString(), folder.Plan, [])))];
            return new ComparisonPlan(root["data"]!.GetValue<string>(), members, [.. root["seeds"]!.AsArray().Select(seed => seed!.GetValue<int>())], []);
        }
        catch (Exception fault) when (fault is JsonException or NullReferenceException or InvalidOperationException)
        {
            throw new OptionsException(folder.Plan, "this is no plan of a comparison; choose another --out.", fault);
        }
    }

    private static string? Difference(ComparisonPlan there, ComparisonPlan now)
    {
        if (there.Data != now.Data) return $"its data set is {there.Data}, not {now.Data}";
        string[] before = [.. there.Members.Select(member => member.Name)];
        string[] names = [.. now.Members.Select(member => member.Name)];
        if (!before.SequenceEqual(names)) return $"it compares {string.Join(", ", before)}, not {string.Join(", ", names)}";
        if (!there.Seeds.SequenceEqual(now.Seeds)) return $"its seeds are {string.Join(", ", there.Seeds)}, not {string.Join(", ", now.Seeds)}";
        for (int index = 0; index < names.Length; index++)
        {
            var differing = OptionDifferences.Of([there.Members[index], now.Members[index]]);
            if (differing.Count == 0) continue;
            var (key, values) = differing[0];
            return $"{key} of {names[index]} is {Short(values[0])} there but {Short(values[1])} now";
        }

        return null;
    }

    private static string Short(string text) => text.Length <= ShownLength ? text : $"{text[..(ShownLength - 3)]}...";
}
