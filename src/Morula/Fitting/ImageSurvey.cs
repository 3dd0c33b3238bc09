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
        SurveyedCell[] cells = [.. labels.Cells().Select(cell => Measure(cell.Box, labels))];
        return new SurveyedImage(
            pair.Name, image.Extent, image.Spacing, cells, ContrastMeter.Measure(image, labels, cells), NoiseMeter.Measure(image), background);
    }

    private static SurveyedCell Measure(Block box, LabelVolume labels)
    {
        int first = SpatialAxes.First(labels.Rank), space = SpatialAxes.Count(labels.Rank);
        var (sizes, centre) = (new double[space], new double[space]);
        bool touches = false;
        for (int axis = 0; axis < space; axis++)
        {
            var (lower, upper) = (box.Lower[first + axis], box.Upper[first + axis]);
            sizes[axis] = (upper - lower) * labels.Spacing[first + axis];
            centre[axis] = (upper + lower) / 2.0 * labels.Spacing[first + axis];
            touches |= lower == 0 || upper == labels.Extent[first + axis];
        }

        return new SurveyedCell(sizes, centre, first > 0 ? box.Lower[0] : 0, first > 0 ? box.Upper[0] - 1 : 0, touches);
    }
}
