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

    private static readonly string[] Verbs = ["train", Predict];

    /// <summary>Does not return where the command is started anew.</summary>
    public static void IfWorthwhile(string[] args)
    {
        if (SettingsFor(args) is { } settings) MemoryTunables.RestartWith(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty, StringComparer.Ordinal), settings);
    }

    /// <summary>The settings for what is asked; null where it runs no network or would not gain.</summary>
    public static string? SettingsFor(string[] args)
    {
        if (!NeedsNetwork(args)) return null;
        bool isBounded = Array.Exists(args, word => word == CommonOptions.Memory.Name || word.StartsWith($"{CommonOptions.Memory.Name}=", StringComparison.Ordinal));
        if (isBounded) return MemoryTunables.Least;
        return Verb(args) == Predict ? MemoryTunables.Fastest : null;
    }

    /// <summary>Whether the verb is one that runs a network for long.</summary>
    public static bool NeedsNetwork(string[] args) => Verbs.Contains(Verb(args));

    // The first word that is no option.
    private static string? Verb(string[] args) =>
        args.Where((word, index) => !word.StartsWith('-') && (index == 0 || args[index - 1] != CommonOptions.Format.Name)).FirstOrDefault();
}
