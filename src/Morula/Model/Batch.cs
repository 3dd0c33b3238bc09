using Morula.Regions;
using Morula.Samples;
using Morula.Tensors;
using Morula.Volumes;
using static TorchSharp.torch;

namespace Morula.Model;

/// <summary>Training images of one size on the device, with their truth on the host.</summary>
/// <param name="Images">[N, 1, *S], float32.</param>
/// <param name="Truth">One per image.</param>
public sealed record Batch(Tensor Images, IReadOnlyList<RegionTruth> Truth) : IDisposable
{
    /// <summary>Sizes of one image.</summary>
    public Extent Extent => new([.. Images.shape[2..].Select(size => (int)size)]);

    /// <summary>Stacks samples of one size.</summary>
    /// <exception cref="ArgumentException">No sample, or sizes that differ.</exception>
    public static Batch From(IReadOnlyList<Sample> samples, Device device)
    {
        if (samples.Count == 0) throw new ArgumentException("A batch needs at least one sample.", nameof(samples));
        Extent extent = samples[0].Image.Extent;
        if (samples.Any(sample => sample.Image.Extent != extent)) throw new ArgumentException("The samples of a batch must have one size.", nameof(samples));
        using var scope = NewDisposeScope();
        Tensor images = cat([.. samples.Select(sample => VolumeTensor.Of(sample.Image))]).to(device);
        return new Batch(images.MoveToOuterDisposeScope(), [.. samples.Select(Truthful)]);
    }

    /// <summary>The batch in parts of at most so many images, views of it in the caller's dispose scope; 0: in one.</summary>
    internal IEnumerable<Batch> Chunks(int most)
    {
        int size = most > 0 ? Math.Min(most, Truth.Count) : Truth.Count;
        for (int first = 0; first < Truth.Count; first += size)
        {
            int count = Math.Min(size, Truth.Count - first);
            yield return count == Truth.Count ? this : new Batch(Images.narrow(0, first, count), [.. Truth.Skip(first).Take(count)]);
        }
    }

    /// <summary>Frees the images.</summary>
    public void Dispose() => Images.Dispose();

    private static RegionTruth Truthful(Sample sample) => new(
        [.. sample.Cells.SelectMany(cell => cell.Box)],
        [.. sample.Cells.Select(cell => cell.Class)],
        [.. sample.Cells.Select(cell => cell.Label)],
        sample.Labels)
    {
        Events = sample.Cells.All(cell => cell.Events is not null) ? [.. sample.Cells.Select(cell => cell.Events!.Value)] : [],
    };
}
