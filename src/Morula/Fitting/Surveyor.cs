using Morula.Formats;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Fitting;

/// <summary>Looks at a data set.</summary>
internal static class Surveyor
{
    /// <summary>Voxels of an image, or of its labels, above which it is not read whole.</summary>
    public const long MostVoxels = 1 << 26;

    /// <summary>
    /// Reads all headers, and some images, evenly drawn, whole; one at a time is held in memory. Of images of many voxels the cells come
    /// from the index of the data set, which is made where it is not there, and contrast and noise from a part.
    /// </summary>
    /// <param name="data">Images for tests are left out.</param>
    /// <param name="mostImages">To be read whole, at least 1.</param>
    /// <param name="seed">Of the draw.</param>
    /// <param name="progress">Told how many images have been read.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <param name="mostVoxels">Of an image that is read whole.</param>
    /// <exception cref="VolumeFormatException">A file cannot be read, or a pair does not fit together.</exception>
    public static Survey Look(DataSet data, int mostImages, int seed, IProgress<int>? progress, CancellationToken cancellation, long mostVoxels = MostVoxels)
    {
        Pair[] pairs = [.. data.Pairs.Where(pair => pair.Split != Split.Test)];
        if (pairs.Length == 0) throw new VolumeFormatException(data.Path, "holds nothing but images for tests; some are needed to learn from.");
        HeaderSurvey headers = HeaderSurvey.Read(pairs);
        var images = new List<SurveyedImage>();
        Pair[] drawn = [.. Drawn(pairs, mostImages, new Random(seed))];
        Pair[] large = [.. drawn.Where(pair => IsLarge(pair, mostVoxels))];
        DataIndex index = large.Length == 0 ? DataIndex.None : Indexed(large, headers.Rank, data.Path, cancellation);
        foreach (Pair pair in drawn)
        {
            cancellation.ThrowIfCancellationRequested();
            images.Add(index.Find(pair) is { } record ? ImageSurvey.Read(pair, record, mostVoxels) : ImageSurvey.Read(pair, headers.Rank));
            progress?.Report(images.Count);
        }

        return new Survey(
            headers.Rank, [.. pairs.Select(pair => pair.Name)], data.StatesSplit, headers.IsCalibrated, headers.Typical, headers.Varies,
            headers.Extents, headers.Spacings, Classes(pairs), images)
        {
            Embryos = pairs.Select(pair => pair.Embryo).Distinct().Count(),
        };
    }

    private static bool IsLarge(Pair pair, long mostVoxels) =>
        Math.Max(VolumeFile.ReadInfo(pair.ImagePath).Extent.Count, VolumeFile.ReadInfo(pair.LabelPath).Extent.Count) > mostVoxels;

    // The same records as those of a training at the images' own spacing.
    private static DataIndex Indexed(Pair[] pairs, int rank, string dataPath, CancellationToken cancellation)
    {
        var options = new SampleOptions { Crop = [.. Enumerable.Repeat(1, rank)] };
        return DataIndex.Of(pairs, options, DataIndex.PathFor(dataPath, null), _ => { }, cancellation);
    }

    // One out of each run of equal length, all at one place that chance chooses.
    private static IEnumerable<Pair> Drawn(Pair[] pairs, int most, Random random)
    {
        int count = Math.Min(pairs.Length, most);
        double place = random.NextDouble();
        return Enumerable.Range(0, count).Select(index => pairs[(int)((index + place) * pairs.Length / count)]);
    }

    private static SortedDictionary<int, int> Classes(Pair[] pairs)
    {
        var counts = new SortedDictionary<int, int>();
        foreach (int kind in pairs.SelectMany(pair => ObjectClasses.Read(pair.ObjectsPath).Values)) counts[kind] = counts.GetValueOrDefault(kind) + 1;
        return counts;
    }
}
