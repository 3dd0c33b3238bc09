using Morula.Options;

namespace Morula.Cli;

/// <summary>Tells, with --verbose, which options a run has that its preset has not.</summary>
internal static class ChosenOptions
{
    /// <summary>One line an option.</summary>
    /// <param name="context">Of the verb.</param>
    /// <param name="options">Of the run.</param>
    /// <param name="source">Where they come from.</param>
    public static void Tell(VerbContext context, MorulaOptions options, string source)
    {
        context.Progress.Detail($"options: {source}, preset {options.Preset}");
        if (!Presets.All.TryGetValue(options.Preset, out MorulaOptions? preset)) return;
        Dictionary<string, string> usual = OptionsDescription.Of(preset).DistinctBy(row => row.Key).ToDictionary(row => row.Key, row => row.Default, StringComparer.Ordinal);
        foreach (OptionRow row in OptionsDescription.Of(options))
        {
            if (usual.TryGetValue(row.Key, out string? before) && before != row.Default)
                context.Progress.Detail($"  {row.Key} is {row.Default} ({options.Preset}: {before})");
        }
    }
}
