using System.Collections;
using Morula.Tensors;

namespace Morula.Cli;

/// <summary>Starts the command once more with better settings of malloc, for the verbs that fill memory with tensors.</summary>
internal static class RestartedForMemory
{
    private static readonly string[] Verbs = ["demo", "train", "predict", "compare-member"];

    /// <summary>Does not return where the command is started anew.</summary>
    public static void IfWorthwhile(string[] args)
    {
        if (IsOfTensors(args)) MemoryTunables.RestartWith(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty, StringComparer.Ordinal));
    }

    /// <summary>Whether the first word that is no option names a verb that loads the tensor library.</summary>
    public static bool IsOfTensors(string[] args) =>
        args.FirstOrDefault(word => !word.StartsWith('-')) is { } verb && Verbs.Contains(verb);
}
