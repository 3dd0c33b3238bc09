using System.Collections;
using Morula.Tensors;

namespace Morula.Cli;

/// <summary>
/// Starts the command once more with settings of malloc: those that keep to a budget, where --memory gives one (they save memory and cost time), else those that are
/// fastest for predictions, which take a seventh less time with them. Training gains nothing.
/// </summary>
internal static class RestartedForMemory
{
    private const string Predict = "predict";

    private static readonly string[] Bounded = ["train", Predict];

    /// <summary>Does not return where the command is started anew.</summary>
    public static void IfWorthwhile(string[] args)
    {
        if (SettingsFor(args) is { } settings) MemoryTunables.RestartWith(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty, StringComparer.Ordinal), settings);
    }

    /// <summary>The settings for the first word that is no option, a verb; null where it does not load the tensor library or would not gain.</summary>
    public static string? SettingsFor(string[] args)
    {
        string? verb = args.Where((word, index) => !word.StartsWith('-') && (index == 0 || args[index - 1] != CommonOptions.Format.Name)).FirstOrDefault();
        bool isBounded = Array.Exists(args, word => word == CommonOptions.Memory.Name || word.StartsWith($"{CommonOptions.Memory.Name}=", StringComparison.Ordinal));
        if (isBounded) return Bounded.Contains(verb) ? MemoryTunables.Least : null;
        return verb == Predict ? MemoryTunables.Fastest : null;
    }
}
