using Morula.Formats;
using Morula.Volumes;

namespace Morula.Streaming;

/// <summary>The labels of the painted blocks as one volume, read where they are asked for.</summary>
/// <param name="plan">Blocks.</param>
/// <param name="parts">Files.</param>
/// <param name="labelOf">The label in the volume of one in a block.</param>
internal sealed class BlockLabels(StreamPlan plan, StreamParts parts, int[] labelOf) : IDisposable
{
    private readonly Dictionary<int, VolumeSource> open = [];

    /// <summary>A part of the volume.</summary>
    public LabelVolume Read(Block part)
    {
        var result = new LabelVolume(part.Extent, plan.Spacing);
        for (int block = 0; block < plan.Blocks.Count; block++)
        {
            Block core = plan.Blocks[block].Core;
            Block shared = core.Intersect(part);
            if (shared.IsEmpty) continue;
            LabelVolume labels = Open(block).ReadLabels(shared.Shift(Opposite(core.Lower)));
            FrameLabels.Replace(labels.Voxels, labels.Voxels, label => labelOf[label]);
            result.Paste(labels, shared.Shift(Opposite(part.Lower)).Lower);
        }

        return result;
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (VolumeSource source in open.Values) source.Dispose();
    }

    private VolumeSource Open(int block) => open.TryGetValue(block, out VolumeSource? known)
        ? known
        : open[block] = VolumeSource.OpenLabels(parts.Labels(block), rank: plan.Image.Rank);

    private static int[] Opposite(ReadOnlySpan<int> corner) => [.. corner.ToArray().Select(bound => -bound)];
}
