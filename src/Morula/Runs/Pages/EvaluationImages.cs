using Morula.Formats;
using Morula.Reports;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>The images behind labels that are compared, for pictures.</summary>
internal sealed class EvaluationImages
{
    private const double FieldTolerance = 0.03;

    private readonly Dictionary<string, string> byName;
    private readonly string? only;
    private readonly FrameSequence? movie;

    private EvaluationImages(Dictionary<string, string> byName, string? only, FrameSequence? movie) => (this.byName, this.only, this.movie) = (byName, only, movie);

    /// <summary>One image file, or a folder in which an image has the name of its truth.</summary>
    /// <exception cref="VolumeFormatException">There is no such image or folder.</exception>
    public static EvaluationImages OfImages(string path)
    {
        if (VolumeFile.Exists(path)) return new EvaluationImages([], path, null);
        if (!Directory.Exists(path)) throw new VolumeFormatException(path, "there is no such image, nor a folder of images.");
        return new EvaluationImages(VolumeFile.InFolder(path).GroupBy(VolumeName.Of, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal), null, null);
    }

    /// <summary>A movie whose frames have the numbers of those that are compared.</summary>
    /// <param name="path">Folder of numbered frames, or one file.</param>
    /// <param name="first">First frame that is compared; null: the first there is.</param>
    /// <param name="last">Last frame that is compared; null: the last there is.</param>
    /// <exception cref="VolumeFormatException">There is no such movie.</exception>
    public static EvaluationImages OfMovie(string path, int? first, int? last) => new([], null, FrameSequence.Open(path, first, last));

    /// <summary>The window of a cell in its image; null where there is no such image.</summary>
    /// <exception cref="VolumeFormatException">The image cannot be read or shows another field than its truth.</exception>
    public Volume? Plane(WorstCell cell)
    {
        if (Find(cell) is not { } file) return null;
        using VolumeSource image = VolumeSource.OpenImage(file.Path, frame: file.Frame, rank: cell.Grid.Rank);
        if (image.Extent == cell.Grid) return PlaneCut.Front.From(image.ReadImage(cell.Window));
        RequireField(image, cell);
        return PlaneCut.Front.From(image.ReadImage(image.Extent.Whole).Resample(cell.Grid).Crop(cell.Window));
    }

    private (string Path, int? Frame)? Find(WorstCell cell)
    {
        if (movie is null) return only is not null ? (only, null) : byName.TryGetValue(cell.Image, out string? path) ? (path, null) : null;
        int index = movie.Numbers.Index().Where(frame => frame.Item == cell.Frame).Select(frame => frame.Index).DefaultIfEmpty(-1).First();
        return index < 0 ? null : (movie.PathOf(index), movie.InFile(index));
    }

    private static void RequireField(VolumeSource image, WorstCell cell)
    {
        for (int axis = 0; axis < cell.Grid.Rank; axis++)
        {
            double expected = cell.Grid[axis] * cell.Spacing[axis], found = image.Extent[axis] * image.Spacing[axis];
            if (Math.Abs(found - expected) > FieldTolerance * expected)
                throw new VolumeFormatException(image.Path, $"is {image.Extent} voxels of {image.Spacing} µm and does not show the field of its truth, {cell.Grid} voxels of {cell.Spacing} µm.");
        }
    }
}
