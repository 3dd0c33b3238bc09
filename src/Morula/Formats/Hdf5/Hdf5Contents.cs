using PureHDF;
using PureHDF.VOL.Native;

namespace Morula.Formats;

/// <summary>The datasets of a file that can be volumes, and which of them is meant.</summary>
internal static class Hdf5Contents
{
    private const int MostDepth = 6;
    private const int MostObjects = 1000;
    private const int MostNamed = 12;

    // Names that PlantSeg and ilastik give, the likeliest first.
    private static readonly string[] ImageNames = ["raw", "exported_data", "predictions", "image", "data"];
    private static readonly string[] LabelNames = ["label", "labels", "segmentation", "exported_data"];

    /// <summary>The dataset that a path names or, if it names none, that must be meant.</summary>
    /// <exception cref="VolumeFormatException">There is none, or there are several.</exception>
    public static NativeDataset Choose(string path, IH5Group root, string? name, VolumeKind kind)
    {
        if (name is not null) return Named(path, root, name);
        var found = new Dictionary<string, NativeDataset>(StringComparer.Ordinal);
        int left = MostObjects;
        Collect(root, root, "", 0, found, ref left);
        if (found.Count == 1) return found.First().Value;
        foreach (string usual in kind == VolumeKind.Labels ? LabelNames : ImageNames)
        {
            string[] called = [.. found.Keys.Where(key => key == usual || key.EndsWith("/" + usual, StringComparison.Ordinal))];
            if (called.Length == 1) return found[called[0]];
            if (called.Length > 1) break;
        }

        throw new VolumeFormatException(path, found.Count == 0
            ? "holds no dataset of 2 to 5 axes."
            : $"holds {found.Count} datasets ({Listed(path, found)}); name one, as in {Path.GetFileName(path)}/{found.Keys.First()}.");
    }

    /// <summary>Whether a dataset has the rank of a volume and holds numbers.</summary>
    public static bool IsVolume(NativeDataset dataset) =>
        dataset.Space.Type == H5DataspaceType.Simple && dataset.Space.Dimensions.Length is >= 2 and <= 5
        && dataset.Type.Class is H5DataTypeClass.FixedPoint or H5DataTypeClass.FloatingPoint or H5DataTypeClass.Enumerated;

    private static NativeDataset Named(string path, IH5Group root, string name)
    {
        if (Find(root, name) is { } named) return named;
        var found = new Dictionary<string, NativeDataset>(StringComparer.Ordinal);
        int left = MostObjects;
        Collect(root, root, "", 0, found, ref left);
        throw new VolumeFormatException(path, $"holds no dataset {HeaderFields.Readable(name)}; those of 2 to 5 axes are: {Listed(path, found)}.");
    }

    // Group by group, so that no link is followed that was not looked at.
    private static NativeDataset? Find(IH5Group root, string name)
    {
        IH5Object? at = root;
        foreach (string part in name.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at is not IH5Group group) return null;
            at = Hdf5Links.Find(root, group, part);
        }

        return at as NativeDataset;
    }

    // Links may lead back to where they come from, so both depth and number are bounded.
    private static void Collect(IH5Group root, IH5Group group, string prefix, int depth, Dictionary<string, NativeDataset> found, ref int left)
    {
        foreach (IH5Object child in Hdf5Links.Children(root, group))
        {
            if (--left < 0) return;
            string name = prefix + child.Name;
            if (child is NativeDataset dataset && IsVolume(dataset)) found[name] = dataset;
            else if (child is IH5Group inner && depth < MostDepth) Collect(root, inner, name + "/", depth + 1, found, ref left);
        }
    }

    private static string Listed(string path, Dictionary<string, NativeDataset> found)
    {
        if (found.Count == 0) return "none";
        string shown = string.Join(", ", found.OrderBy(entry => entry.Key, StringComparer.Ordinal).Take(MostNamed)
            .Select(entry => $"{HeaderFields.Readable(entry.Key)} of {string.Join(" x ", entry.Value.Space.Dimensions)}"));
        return found.Count > MostNamed ? $"{shown}, ... in {Path.GetFileName(path)}" : shown;
    }
}
