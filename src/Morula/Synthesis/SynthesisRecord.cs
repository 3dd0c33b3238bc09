using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Morula.Formats;
using Morula.Options;

namespace Morula.Synthesis;

/// <summary>The file <c>synthesis.json</c> of a synthetic data set: what made its images.</summary>
internal static class SynthesisRecord
{
    /// <summary>Goes up when the same options and seed begin to give other voxels.</summary>
    private const int Recipe = 1;

    private static readonly JsonSerializerOptions Style = new() { WriteIndented = true };
    private static readonly string[] Identity = ["recipe", "kind", "seed", "options"];

    /// <summary>Writes the record, or refuses a folder whose images are made otherwise.</summary>
    /// <exception cref="OptionsException">The folder holds images of other options, kind, seed or recipe.</exception>
    public static void Enter<TOptions>(string folder, string kind, TOptions options, int count, int seed)
    {
        string path = Path.Combine(folder, "synthesis.json");
        var record = new JsonObject
        {
            ["recipe"] = Recipe,
            ["version"] = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3),
            ["kind"] = kind,
            ["seed"] = seed,
            ["count"] = count,
            ["options"] = JsonSerializer.SerializeToNode(options, Style),
        };
        if (File.Exists(path)) Compare(path, record);
        AtomicFile.WriteText(path, record.ToJsonString(Style) + "\n");
    }

    private static void Compare(string path, JsonObject record)
    {
        JsonNode? present;
        try
        {
            present = JsonNode.Parse(File.ReadAllText(path));
        }
        catch (JsonException fault)
        {
            throw new OptionsException(path, "is not JSON; choose an empty folder.", fault);
        }

        foreach (string key in Identity)
        {
            if ((present as JsonObject)?[key]?.ToJsonString() != record[key]?.ToJsonString())
                throw new OptionsException(path, $"its images were made with another \"{key}\"; choose an empty folder or repeat the options they were made with.");
        }
    }
}
