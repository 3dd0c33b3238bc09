using Morula.Inference;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>What memory is planned for.</summary>
/// <param name="Image">Sizes of the largest image to predict, on its own grid.</param>
/// <param name="Working">The same image on the working grid.</param>
/// <param name="Cells">Cells in it.</param>
/// <param name="DataBytes">All images of the data set with their labels, loaded; null where none is known.</param>
/// <param name="OnCard">Whether a graphics card is planned for, whose memory holds tensors alone.</param>
public sealed record PlanSubject(Extent Image, Extent Working, int Cells, long? DataBytes = null, bool OnCard = false)
{
    /// <summary>Headers of the training images; none where sizes alone are given.</summary>
    internal IReadOnlyList<PairHeader> Headers { get; init; } = [];

    /// <summary>What is held at once of an image that has more voxels than are painted in one piece.</summary>
    internal PlanSubject Within(long blockVoxels)
    {
        if (Image.Rank > 3 || Image.Count <= blockVoxels) return this;
        Extent block = InferenceOptions.Fitting(Image, blockVoxels);
        var working = new Extent([.. block.Sizes.ToArray().Select((size, axis) => Math.Max(1, (int)((long)size * Working[axis] / Image[axis])))]);
        return this with { Image = block, Working = working, Cells = Math.Max(1, (int)((double)Cells * block.Count / Image.Count)) };
    }
}
