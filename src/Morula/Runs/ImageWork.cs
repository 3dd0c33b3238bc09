using Morula.Streaming;

namespace Morula.Runs;

/// <summary>Several images as one row of units: those of the first image, then those of the next.</summary>
/// <param name="images">The images.</param>
internal sealed class ImageWork(IReadOnlyList<ImageTask> images) : IPredictionWork
{
    public int Units(PredictionStage stage) => images.Sum(image => image.Units(stage));

    public bool IsDone(PredictionStage stage, int unit)
    {
        var (image, own) = Locate(stage, unit);
        return image.IsDone(stage, own);
    }

    public IEnumerable<int> Do(PredictionStage stage, IEnumerable<int> units, CancellationToken cancellation)
    {
        foreach (int unit in units)
        {
            cancellation.ThrowIfCancellationRequested();
            var (image, own) = Locate(stage, unit);
            image.Do(stage, own, cancellation);
            yield return unit;
        }
    }

    public void Dispose()
    {
        foreach (ImageTask image in images) image.Dispose();
    }

    private (ImageTask Image, int Unit) Locate(PredictionStage stage, int unit)
    {
        foreach (ImageTask image in images)
        {
            int count = image.Units(stage);
            if (unit < count) return (image, unit);
            unit -= count;
        }

        throw new ArgumentOutOfRangeException(nameof(unit), unit, "There is no such unit.");
    }
}
