using Morula.Options;

namespace Morula.Training;

/// <summary>What a resumed training may change: how long it runs, how it is validated and saved, and what bounds its memory and threads.</summary>
internal static class ResumedOptions
{
    private const string MayChange =
        "Device, Training.Steps, Minutes, ValidateEvery, ValidationImages, CheckpointEvery, Threads, PrefetchCount, PrefetchThreads, Memory, Samples.CacheMegabytes, Samples.Reading, Inference and Linking";

    private const int ShownLength = 40;

    /// <summary>The options to go on with.</summary>
    /// <param name="saved">Of the checkpoint.</param>
    /// <param name="asked">What the user asks for.</param>
    /// <param name="source">Where that comes from, for messages.</param>
    /// <exception cref="OptionsException">Something differs that must stay as it was.</exception>
    public static MorulaOptions Merge(MorulaOptions saved, MorulaOptions asked, string source)
    {
        MorulaOptions merged = saved with
        {
            Device = asked.Device,
            Training = saved.Training with
            {
                Steps = asked.Training.Steps,
                Minutes = asked.Training.Minutes,
                ValidateEvery = asked.Training.ValidateEvery,
                ValidationImages = asked.Training.ValidationImages,
                CheckpointEvery = asked.Training.CheckpointEvery,
                Threads = asked.Training.Threads,
                PrefetchCount = asked.Training.PrefetchCount,
                PrefetchThreads = asked.Training.PrefetchThreads,
                Memory = asked.Training.Memory with { Precision = saved.Training.Memory.Precision, StatePrecision = saved.Training.Memory.StatePrecision },
            },
            Samples = saved.Samples with { CacheMegabytes = asked.Samples.CacheMegabytes, Reading = asked.Samples.Reading },
            Inference = asked.Inference,
            Linking = asked.Linking,
        };
        RequireSame(merged, Settled(asked, saved), source);
        return merged;
    }

    /// <summary>With one crop size per axis, so that images are read at the rank of the network.</summary>
    public static MorulaOptions WithCrop(MorulaOptions options) =>
        options with { Samples = options.Samples with { Crop = options.Samples.CropAt(options.Model.Rank) } };

    // What a start settles by itself is no difference: the name of the preset, anchors fitted to the cells, the crop per axis.
    private static MorulaOptions Settled(MorulaOptions asked, MorulaOptions saved)
    {
        MorulaOptions settled = WithCrop(asked) with { Preset = saved.Preset };
        if (asked.Model.Proposals.Anchors.Count > 0) return settled;
        return settled with { Model = asked.Model with { Proposals = asked.Model.Proposals with { Anchors = saved.Model.Proposals.Anchors } } };
    }

    private static void RequireSame(MorulaOptions kept, MorulaOptions asked, string source)
    {
        foreach (var (before, now) in OptionsDescription.Of(kept).Zip(OptionsDescription.Of(asked)))
        {
            if (before.Default == now.Default) continue;
            throw new OptionsException(
                source,
                $"{now.Key} is {Short(now.Default)} but the training to be resumed has {Short(before.Default)}; only {MayChange} can change. Start a new training for the rest.");
        }
    }

    private static string Short(string text) => text.Length <= ShownLength ? text : $"{text[..(ShownLength - 3)]}...";
}
