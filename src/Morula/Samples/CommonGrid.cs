using Morula.Formats;
using Morula.Options;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>Brings an image and its labels, which may lie on different grids over one physical field, to the working grid.</summary>
internal static class CommonGrid
{
    private const double FieldTolerance = 0.03;

    public static (Volume Image, LabelVolume Labels) Bring(Pair pair, Volume image, LabelVolume labels, SampleOptions options)
    {
        labels = WithoutBackground(labels, options.BackgroundLabel, pair.LabelPath);
        var (working, _) = Of(pair, (image.Extent, image.Spacing), (labels.Extent, labels.Spacing), options);
        (image, labels) = ShareSpacing(image, labels);
        return (image.Resample(working), labels.Resample(working));
    }

    /// <summary>Sizes and step of the working grid of a pair.</summary>
    /// <param name="pair">For messages.</param>
    /// <param name="image">Sizes and step of the image.</param>
    /// <param name="labels">Sizes and step of the labels.</param>
    /// <param name="options">The working spacing.</param>
    /// <exception cref="VolumeFormatException">The two do not show one field.</exception>
    public static (Extent Working, Spacing Spacing) Of(Pair pair, (Extent Extent, Spacing Spacing) image, (Extent Extent, Spacing Spacing) labels, SampleOptions options)
    {
        if (image.Extent.Rank != labels.Extent.Rank)
            throw new VolumeFormatException(pair.LabelPath, $"has {labels.Extent.Rank} axes ({labels.Extent}) but its image {pair.ImagePath} has {image.Extent.Rank} ({image.Extent}).");
        if (SharesSpacing(image, labels))
        {
            Spacing stated = IsUnit(image.Spacing) ? labels.Spacing : image.Spacing;
            (image.Spacing, labels.Spacing) = (stated, stated);
        }

        RequireOneField(pair, image, labels);
        Extent working = Working(image.Spacing, image.Extent, options.Spacing);
        return (working, working == image.Extent ? image.Spacing : image.Spacing.Rescale(image.Extent, working));
    }

    /// <summary>Refuses a working spacing for files that state none.</summary>
    /// <exception cref="VolumeFormatException">Names the image.</exception>
    public static void RequireSpacing(Pair pair, bool isCalibrated, SampleOptions options)
    {
        if (options.Spacing is not null && !options.Uncalibrated && !isCalibrated)
            throw new VolumeFormatException(
                pair.ImagePath, "states no voxel spacing, so it cannot be brought to Samples.Spacing; write the spacing into the file or leave the option out.");
    }

    /// <summary>The refusal of labels without a cell.</summary>
    public static VolumeFormatException HoldsNoCell(string path) => new(path, "holds no cell; leave this image out of the data set.");

    /// <summary>Sizes of the working grid of an image: its own field at the working spacing.</summary>
    public static Extent Working(Spacing own, Extent extent, double[]? spacing) =>
        spacing is null ? extent : own.Regrid(extent, WorkingSpacing(own, spacing));

    /// <summary>The spacing of the working grid where one is asked for.</summary>
    public static Spacing WorkingSpacing(Spacing own, double[] spacing)
    {
        int rank = own.Rank;
        double[] steps = own.Steps.ToArray();
        int space = SpatialAxes.Count(rank);
        if (spacing.Length == rank) steps = spacing;
        else if (spacing.Length == 1) Array.Fill(steps, spacing[0], rank - space, space);
        else if (spacing.Length == space) spacing.CopyTo(steps, rank - space);
        else throw new OptionsException("Samples.Spacing", $"{spacing.Length} steps for images of {rank} axes; give one per axis or a single one.");
        return new Spacing(steps);
    }

    // A file that states no spacing reads as 1 along every axis; on an equal grid the other file speaks for it.
    public static (Volume Image, LabelVolume Labels) ShareSpacing(Volume image, LabelVolume labels)
    {
        if (!SharesSpacing((image.Extent, image.Spacing), (labels.Extent, labels.Spacing))) return (image, labels);
        return IsUnit(image.Spacing)
            ? (new Volume(image.Extent, labels.Spacing, image.Voxels), labels)
            : (image, new LabelVolume(labels.Extent, image.Spacing, labels.Voxels));
    }

    private static bool SharesSpacing((Extent Extent, Spacing Spacing) image, (Extent Extent, Spacing Spacing) labels) =>
        image.Extent == labels.Extent && IsUnit(image.Spacing) != IsUnit(labels.Spacing);

    private static bool IsUnit(Spacing spacing) => spacing == Spacing.Unit(spacing.Rank);

    private static void RequireOneField(Pair pair, (Extent Extent, Spacing Spacing) image, (Extent Extent, Spacing Spacing) labels)
    {
        int rank = image.Extent.Rank;
        double tolerance = IsUnit(image.Spacing) && IsUnit(labels.Spacing) ? 0 : FieldTolerance;
        for (int axis = 0; axis < rank; axis++)
        {
            double seen = image.Extent[axis] * image.Spacing[axis];
            double labelled = labels.Extent[axis] * labels.Spacing[axis];
            if (Math.Abs(seen - labelled) <= tolerance * Math.Max(seen, labelled)) continue;
            Axis name = AxisNames.Of(axis, rank);
            throw new VolumeFormatException(
                pair.LabelPath,
                $"{labels.Extent} voxels at {labels.Spacing} do not cover the field of {pair.ImagePath}, {image.Extent} at {image.Spacing}: "
                + $"along {name} {labelled:0.##} against {seen:0.##}; state the spacing in both files or bring them to one size.");
        }
    }

    private static LabelVolume WithoutBackground(LabelVolume labels, int background, string path)
    {
        bool any = false;
        foreach (int label in labels.Voxels)
        {
            if (label < 0) throw new VolumeFormatException(path, $"holds label {label}; labels are 0 for background and positive for cells.");
            any |= label != 0 && label != background;
        }

        if (!any) throw HoldsNoCell(path);
        if (background == 0) return labels;
        return new LabelVolume(labels.Extent, labels.Spacing, [.. labels.Voxels.Select(label => label == background ? 0 : label)]);
    }
}
