using System.Text.Json;
using PureHDF.VOL.Native;

namespace Morula.Formats;

/// <summary>The order in which a dataset has its axes: letters of t, z, y, x and c.</summary>
internal static class Hdf5Axes
{
    private const string Known = "tzyxc";

    // From rank 2 on.
    private static readonly string[] Usual = ["yx", "zyx", "tzyx", "tczyx"];

    /// <summary>
    /// The order that ilastik's <c>axistags</c>, an <c>axes</c> or h5py's <c>DIMENSION_LABELS</c> state, else that of the rank:
    /// yx, zyx, tzyx (czyx for PlantSeg's <c>predictions</c>), tczyx.
    /// </summary>
    /// <exception cref="VolumeFormatException">What is stated does not fit the dataset.</exception>
    public static string Of(string path, NativeDataset dataset)
    {
        int rank = dataset.Space.Dimensions.Length;
        string? stated = Tags(path, dataset) ?? Joined(dataset, "axes", rank) ?? Joined(dataset, "DIMENSION_LABELS", rank);
        if (stated is null) return rank == 4 && dataset.Name == "predictions" ? "czyx" : Usual[rank - 2];
        bool fits = stated.Length == rank && stated.All(Known.Contains) && stated.Distinct().Count() == rank && stated.Contains('y', StringComparison.Ordinal) && stated.Contains('x', StringComparison.Ordinal);
        return fits ? stated : throw new VolumeFormatException(path, $"{dataset.Name} has {rank} axes that are called \"{HeaderFields.Readable(stated)}\"; expected each of {Known} at most once, y and x among them.");
    }

    private static string? Joined(NativeDataset dataset, string attribute, int rank)
    {
        string[]? words = Hdf5Attributes.Texts(dataset, attribute);
        if (words is null) return null;
        string letters = (words is [var one] ? one : string.Concat(words.Select(word => word.Length == 1 ? word : "?"))).ToLowerInvariant();
        return letters.Length == rank && letters.All(Known.Contains) ? letters : null;
    }

    private static string? Tags(string path, NativeDataset dataset)
    {
        if (Hdf5Attributes.Texts(dataset, "axistags") is not [var text]) return null;
        try
        {
            using JsonDocument tags = JsonDocument.Parse(text);
            return string.Concat(tags.RootElement.GetProperty("axes").EnumerateArray().Select(axis => axis.GetProperty("key").GetString()));
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new VolumeFormatException(path, $"{dataset.Name} has axistags that are not ilastik's ({HeaderFields.Readable(text)}); correct or delete them.", fault);
        }
    }
}
