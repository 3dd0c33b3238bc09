using System.Collections;
using Morula.Tensors;

namespace Morula.Cli;

/// <summary>Starts the command once more with settings of malloc that keep to a budget, where --memory gives one: they save memory and cost time.</summary>
internal static class RestartedForMemory
{
    private static readonly string[] Verbs = ["train", "predict"];

    /// <summary>Does not return where the command is started anew.</summary>
    public static void IfWorthwhile(string[] args)
    {
        if (IsBounded(args)) MemoryTunables.RestartWith(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty, StringComparer.Ordinal));
    }

    /// <summary>Whether the first word that is no option names a verb that loads the tensor library, and a budget of memory is given to it.</summary>
    public static bool IsBounded(string[] args) =>
        args.Where((word, index) => !word.StartsWith('-') && (index == 0 || args[index - 1] != CommonOptions.Format.Name)).FirstOrDefault() is { } verb && Verbs.Contains(verb)
        && Array.Exists(args, word => word == CommonOptions.Memory.Name || word.StartsWith($"{CommonOptions.Memory.Name}=", StringComparison.Ordinal));
}
