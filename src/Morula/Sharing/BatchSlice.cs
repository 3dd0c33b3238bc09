using Morula.Options;

namespace Morula.Sharing;

/// <summary>Which images of every batch are a process's own: batch b of B images, spread over C processes, gives process p the images p * B / C up to (p + 1) * B / C.</summary>
/// <param name="Index">Of the process.</param>
/// <param name="Size">Images of a batch that are its own.</param>
/// <param name="BatchSize">Images of the whole batch.</param>
public sealed record BatchSlice(int Index, int Size, int BatchSize)
{
    /// <summary>The slice of a process.</summary>
    /// <exception cref="OptionsException">The batch cannot be shared out evenly.</exception>
    public static BatchSlice Of(IProcessGroup group, int batchSize) => batchSize % group.Count == 0
        ? new BatchSlice(group.Index, batchSize / group.Count, batchSize)
        : throw new OptionsException(
            "training", $"Training.BatchSize is {batchSize}, which cannot be shared out evenly among {group.Count} processes; set it to a multiple, such as {batchSize + group.Count - (batchSize % group.Count)}.");

    /// <summary>Number, within the training, of the image that the process takes at its own count, both from 0.</summary>
    public long Global(long own) => ((own / Size) * BatchSize) + ((long)Index * Size) + (own % Size);
}
