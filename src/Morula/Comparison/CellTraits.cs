using System.Globalization;
using Morula.Formats;
using Morula.Inference;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Comparison;

/// <summary>
/// Traits of the true cells: size, and how hard they are. Difficulty is every number that the tables of objects state beside label,
/// class, place and size (the toy set: intensity and proportions); where they state none, it is the contrast of a cell's border.
/// </summary>
internal static class CellTraits
{
    // Names, places and sizes say nothing of difficulty.
    private static readonly string[] NoTraits = ["label", "id", "class", "t", "z", "y", "x", "voxels", "frame", "track", "parent"];
    private static readonly string[] PlacePrefixes = ["lower_", "upper_", "centre_"];

    public static IReadOnlyList<CellTrait> Measure(HeldOutImages images, MorulaOptions options)
    {
        IReadOnlyList<Pair> pairs = images.Pairs;
        int rank = images.RankFor(options);
        var sizes = new Dictionary<(string, int), double>();
        var contrasts = new Dictionary<(string, int), double>();
        Dictionary<string, Dictionary<(string, int), double>> columns = Columns(pairs);
        foreach (Pair pair in pairs)
        {
            var (image, truth) = HeldOutImage.Read(pair, rank, options.Samples.BackgroundLabel);
            foreach (LabelledCell cell in truth.Cells()) sizes[(pair.Name, cell.Label)] = cell.VoxelCount * truth.Spacing.VoxelVolume;
            if (columns.Count > 0) continue;
            foreach (var (label, value) in Contrast(Intensity.Normalise(image.Resample(truth.Extent), options.Samples), truth)) contrasts[(pair.Name, label)] = value;
        }

        var traits = new List<CellTrait> { new(SizeName(rank), sizes) };
        // A table may list objects that no voxel is left of.
        foreach (var (name, values) in columns)
            traits.Add(new CellTrait(name, values.Where(cell => sizes.ContainsKey(cell.Key)).ToDictionary()));
        if (contrasts.Count > 0) traits.Add(new CellTrait("contrast of the border (range between the percentiles = 1)", contrasts));
        return [.. traits.Where(trait => trait.Values.Count > 0)];
    }

    /// <summary>Per cell: |mean of its voxels that share a face with another label - mean of its other voxels| / 2 of a normalised image.</summary>
    public static IReadOnlyDictionary<int, double> Contrast(Volume normalised, LabelVolume labels)
    {
        var sums = new Dictionary<int, (double Border, long BorderCount, double Inside, long InsideCount)>();
        var neighbours = new FaceNeighbours(labels.Extent);
        Span<int> room = stackalloc int[2 * labels.Rank];
        int[] voxels = labels.Voxels;
        for (int voxel = 0; voxel < voxels.Length; voxel++)
        {
            if (voxels[voxel] == 0) continue;
            bool isBorder = false;
            foreach (int neighbour in neighbours.Of(voxel, room)) isBorder |= voxels[neighbour] != voxels[voxel];
            var sum = sums.GetValueOrDefault(voxels[voxel]);
            float value = normalised.Voxels[voxel];
            sums[voxels[voxel]] = isBorder
                ? sum with { Border = sum.Border + value, BorderCount = sum.BorderCount + 1 }
                : sum with { Inside = sum.Inside + value, InsideCount = sum.InsideCount + 1 };
        }

        // Between the percentiles a normalised image spans 2.
        return sums.Where(cell => cell.Value is { BorderCount: > 0, InsideCount: > 0 })
            .ToDictionary(cell => cell.Key, cell => Math.Abs((cell.Value.Border / cell.Value.BorderCount) - (cell.Value.Inside / cell.Value.InsideCount)) / 2);
    }

    private static string SizeName(int rank) => rank < 3 ? "area (µm²)" : rank == 3 ? "volume (µm³)" : "volume over time (µm³ s)";

    // A column counts where every value that stands in it is a number.
    private static Dictionary<string, Dictionary<(string, int), double>> Columns(IReadOnlyList<Pair> pairs)
    {
        var columns = new Dictionary<string, Dictionary<(string, int), double>>(StringComparer.Ordinal);
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (Pair pair in pairs.Where(pair => pair.ObjectsPath is not null))
        {
            CommaTable table = CommaTable.Read(pair.ObjectsPath!);
            int label = table.Column("label");
            foreach (string name in table.Columns.Where(IsTrait))
            {
                foreach (CommaTable.Line line in table.Lines) Add(pair, name, line.Values[label], line.Values[table.Column(name)]);
            }
        }

        foreach (string name in texts) columns.Remove(name);
        return columns;

        void Add(Pair pair, string name, string label, string text)
        {
            if (!columns.TryGetValue(name, out var values)) columns[name] = values = [];
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value)) texts.Add(name);
            else if (int.TryParse(label, CultureInfo.InvariantCulture, out int cell)) values[(pair.Name, cell)] = value;
        }
    }

    private static bool IsTrait(string name) =>
        !NoTraits.Contains(name, StringComparer.OrdinalIgnoreCase) && !PlacePrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
