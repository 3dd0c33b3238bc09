using Morula.Formats;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Fitting;

/// <summary>Reads one pair and measures it.</summary>
internal static class ImageSurvey
{
    /// <summary>What is to be known of a pair, on the grid of its image.</summary>
    /// <exception cref="VolumeFormatException">A file cannot be read, the two do not show one field, or there is no cell.</exception>
    public static SurveyedImage Read(Pair pair, int rank)
    {
        LabelVolume truth = VolumeFile.ReadLabels(pair.LabelPath, rank: rank);
        bool background = LabelledBackground.IsIn(truth);
        var options = new SampleOptions { BackgroundLabel = background ? LabelledBackground.Label : 0 };
        var (image, labels) = CommonGrid.Bring(pair, VolumeFile.ReadImage(pair.ImagePath, rank: rank), truth, options);
        SurveyedCell[] cells = [.. labels.Cells().Select(cell => Measure(cell.Box, labels.Extent, labels.Spacing))];
        return new SurveyedImage(
            pair.Name, image.Extent, image.Spacing, cells, ContrastMeter.Measure(image, labels, cells), NoiseMeter.Measure(image), background);
    }

    /// <summary>Of a pair of many voxels: cells from the index, contrast and noise from a part around a cell in the middle.</summary>
    /// <param name="pair">The files.</param>
    /// <param name="record">What the index knows, on the grid of the image.</param>
    /// <param name="mostVoxels">Of the part.</param>
    /// <exception cref="VolumeFormatException">A file cannot be read.</exception>
    public static SurveyedImage Read(Pair pair, IndexRecord record, long mostVoxels)
    {
        bool background = LabelledBackground.IsIn(record.Cells, record.Working);
        int backgroundLabel = background ? LabelledBackground.Label : 0;
        CellList list = record.Cells.Without(backgroundLabel);
        Block part = Around(list[list.Count / 2].Box, record.Working, mostVoxels);
        using var source = VolumeSource.OpenImage(pair.ImagePath, rank: record.Working.Rank);
        var image = new Volume(part.Extent, record.Spacing, source.ReadImage(part).Voxels);
        var labels = new LabelVolume(part.Extent, record.Spacing, StoredPair.ReadLabels(pair, record.Working, part, backgroundLabel));
        SurveyedCell[] cells = [.. list.Select(cell => Measure(cell.Box, record.Working, record.Spacing))];
        return new SurveyedImage(
            pair.Name, record.Working, record.Spacing, cells, ContrastMeter.Measure(image, labels, cells), NoiseMeter.Measure(image), background);
    }

    // The longest axes are cut first.
    private static Block Around(Block cell, Extent whole, long mostVoxels)
    {
        int[] sizes = whole.Sizes.ToArray();
        while (new Extent(sizes).Count > mostVoxels)
        {
            int longest = Array.IndexOf(sizes, sizes.Max());
            sizes[longest] = (sizes[longest] + 1) / 2;
        }

        int[] lower = [.. sizes.Select((size, axis) => Math.Clamp(((cell.Lower[axis] + cell.Upper[axis]) / 2) - (size / 2), 0, whole[axis] - size))];
        return new Block(lower, [.. lower.Zip(sizes, (from, size) => from + size)]);
    }

    private static SurveyedCell Measure(Block box, Extent extent, Spacing spacing)
    {
        int first = SpatialAxes.First(extent.Rank), space = SpatialAxes.Count(extent.Rank);
        var (sizes, centre) = (new double[space], new double[space]);
        bool touches = false;
        for (int axis = 0; axis < space; axis++)
        {
            var (lower, upper) = (box.Lower[first + axis], box.Upper[first + axis]);
            sizes[axis] = (upper - lower) * spacing[first + axis];
            centre[axis] = (upper + lower) / 2.0 * spacing[first + axis];
            touches |= lower == 0 || upper == extent[first + axis];
        }

        return new SurveyedCell(sizes, centre, first > 0 ? box.Lower[0] : 0, first > 0 ? box.Upper[0] - 1 : 0, touches);
    }
}
