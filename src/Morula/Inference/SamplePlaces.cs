using Morula.Samples;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>Places of an image that are like training samples: of their size, and showing cells.</summary>
internal static class SamplePlaces
{
    private const int MostPerAxis = 4;
    private const double LeastContent = 0.5;
    private const double RichestShare = 0.9;

    /// <summary>Places spread evenly over an image, at most four along an axis, of the size of a sample or of the image where that is smaller.</summary>
    /// <param name="image">Sizes of the working grid.</param>
    /// <param name="sample">Sizes of a training sample.</param>
    /// <param name="stride">Sizes of places are multiples of this, one number per axis.</param>
    public static IReadOnlyList<Block> Spread(Extent image, ReadOnlySpan<int> sample, ReadOnlySpan<int> stride)
    {
        IReadOnlyList<Block> places = [new Block([], [])];
        for (int axis = 0; axis < image.Rank; axis++)
        {
            int size = Tiling.RoundUp(Math.Min(sample[axis], image[axis]), stride[axis]);
            int room = Math.Max(0, image[axis] - size);
            int count = Math.Clamp(image[axis] / size, 1, MostPerAxis);
            int[] starts = [.. Enumerable.Range(0, count).Select(place => count == 1 ? room / 2 : (int)((long)place * room / (count - 1)))];
            places = [.. places.SelectMany(place => starts.Select(start => new Block([.. place.Lower, start], [.. place.Upper, start + size])))];
        }

        return places;
    }

    /// <summary>Of places, those that show about as much as the fullest do, and of these so many, evenly spread.</summary>
    /// <param name="contents">Of each place, how much it shows: <see cref="Content"/>.</param>
    /// <param name="most">Largest number of places, at least 1.</param>
    public static IReadOnlyList<int> Choose(IReadOnlyList<double> contents, int most)
    {
        double rich = contents.Order().ElementAt((int)(RichestShare * (contents.Count - 1)));
        int[] full = [.. Enumerable.Range(0, contents.Count).Where(place => contents[place] >= LeastContent * rich)];
        if (full.Length <= most) return full;
        return [.. Enumerable.Range(0, most).Select(index => full[(int)((index + 0.5) * full.Length / most)])];
    }

    /// <summary>Mean brightness above the background of a normalised image.</summary>
    public static double Content(Volume seen)
    {
        double sum = 0;
        foreach (float voxel in seen.Voxels) sum += voxel;
        return (sum / seen.Voxels.Length) - Intensity.Background;
    }
}
