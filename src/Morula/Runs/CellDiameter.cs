using System.Globalization;
using Morula.Formats;
using Morula.Inference;
using Morula.Model;
using Morula.Options;
using Morula.Tensors;

namespace Morula.Runs;

/// <summary>Brings images whose cells have any size to the scale that a network was taught at.</summary>
public static class CellDiameter
{
    // Factor between sizes of cells at which one scale is good for both.
    private const double Alike = 1.25;

    // That stand for all: of a movie, whose cells change little by little, and of images that may have nothing to do with each other.
    private const int OfMovie = 3;
    private const int OfImages = 5;

    /// <summary>The overrides of a prediction with which cells of a size look to the network like those it was taught on.</summary>
    /// <param name="checkpointPath">The network.</param>
    /// <param name="diameter">Size of a typical cell, µm (voxels of an image that states no voxel size).</param>
    /// <exception cref="OptionsException">The size is not positive.</exception>
    /// <exception cref="VolumeFormatException">Not a checkpoint that this version reads.</exception>
    public static IReadOnlyList<string> Overrides(string checkpointPath, double diameter)
    {
        if (!(diameter > 0) || !double.IsFinite(diameter)) throw new OptionsException("diameter", $"{diameter} is no size of a cell; a positive number of µm is expected.");
        Checkpoint checkpoint = Checkpoint.Load(checkpointPath);
        double spacing = SpacingFor(OptionsFile.Parse<MorulaOptions>(checkpoint.Options, checkpointPath, []), diameter);
        return [string.Create(CultureInfo.InvariantCulture, $"Samples.Spacing=[{spacing}]"), "Samples.Uncalibrated=true"];
    }

    /// <summary>Working spacing at which cells of a size look to a network like those it was taught on, to five digits behind the point.</summary>
    internal static double SpacingFor(MorulaOptions options, double diameter) => Math.Round(diameter / CellScale.TypicalVoxels(options.Model, options.Samples), 5);

    /// <summary>
    /// The median size of the cells of images, as a network sees it, µm (voxels of images that state no voxel size). Of many images the first, the
    /// middle and the last are looked at, and the middle one of the three sizes is taken.
    /// </summary>
    /// <param name="checkpointPath">The network, of rank 2 or 3.</param>
    /// <param name="images">At least one image, or frames of a movie; of large ones the middle is looked at.</param>
    /// <param name="device">What the network computes on: auto, cpu, cuda or cuda:N.</param>
    /// <param name="cancellation">Stops between scales.</param>
    /// <exception cref="VolumeFormatException">An image or the checkpoint cannot be read, or the network knows no cell in any of them.</exception>
    public static double Estimate(string checkpointPath, IReadOnlyList<ImageFrame> images, string device = ComputeDevice.Auto, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(images.Count);
        using var judge = new DiameterJudge(checkpointPath, device);
        return MiddleOf(judge.Sample(images, OfMovie, cancellation), images);
    }

    /// <summary>
    /// The same for images that need not be alike: where five of them, from the first to the last, differ in the size of their cells by more than a quarter, each image is judged
    /// alone; one in which the network knows no cell, or that cannot be read, is taken to be like the middle one of the five.
    /// </summary>
    /// <param name="checkpointPath">The network, of rank 2 or 3.</param>
    /// <param name="imagePaths">At least one image.</param>
    /// <param name="device">What the network computes on: auto, cpu, cuda or cuda:N.</param>
    /// <param name="known">What an earlier run judged of some of these images, which are not judged again; null: nothing.</param>
    /// <param name="progress">Told what share of the images has been judged alone, in [0, 1].</param>
    /// <param name="cancellation">Stops between scales.</param>
    /// <exception cref="VolumeFormatException">One of those five or the checkpoint cannot be read, or the network knows no cell in any of them.</exception>
    public static CellSizes EstimateEach(
        string checkpointPath, IReadOnlyList<string> imagePaths, string device = ComputeDevice.Auto, CellSizes? known = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(imagePaths.Count);
        ImageFrame[] images = [.. imagePaths.Select(path => new ImageFrame(path))];
        if (known is not null && images.All(image => known.Each.ContainsKey(VolumeName.Of(image.Path)))) return known;
        using var judge = new DiameterJudge(checkpointPath, device);
        IReadOnlyList<double> sizes = judge.Sample(images, OfImages, cancellation);
        double common = MiddleOf(sizes, images);
        if (sizes.Max() <= Alike * sizes.Min()) return new CellSizes(common);
        var each = new Dictionary<string, double>();
        foreach (ImageFrame image in images)
        {
            string name = VolumeName.Of(image.Path);
            each[name] = known?.Each.TryGetValue(name, out double size) == true ? size : Alone(image) ?? common;
            progress?.Report((double)each.Count / images.Length);
        }

        return new CellSizes(common) { Each = each };

        double? Alone(ImageFrame image)
        {
            try
            {
                return judge.See(image, null, cancellation)?.Size;
            }
            catch (VolumeFormatException)
            {
                // What cannot be read is refused in its turn, behind the results of those before it.
                return null;
            }
        }
    }

    private static double MiddleOf(IReadOnlyList<double> sizes, IReadOnlyList<ImageFrame> images) => sizes.Count > 0
        ? sizes.Order().ElementAt((sizes.Count - 1) / 2)
        : throw new VolumeFormatException(images[0].Path, "the network knows no cell in the middle of the image at any scale; state the size of the cells with --diameter, or teach a network on such images.");
}
