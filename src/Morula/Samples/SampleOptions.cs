using Morula.Options;
using Morula.Volumes;

namespace Morula.Samples;

/// <summary>How images become training samples: which images, on which grid, at which intensities, and how they are varied.</summary>
public sealed record SampleOptions
{
    /// <summary>
    /// Working spacing per axis in memory order, in µm (seconds for time). One number holds for every axis in space; one
    /// number fewer than the image has axes leaves time as it is. Default null: the image's own spacing.
    /// </summary>
    [Range(1e-6, 1e6)]
    public double[]? Spacing { get; init; }

    /// <summary>
    /// Whether an image that states no voxel size is taken to have voxels of 1 µm where <see cref="Spacing"/> is given. Default false: it is refused.
    /// </summary>
    public bool Uncalibrated { get; init; }

    /// <summary>Size of a sample in voxels per axis, in memory order; one number holds for every axis. Default 64.</summary>
    [Range(1, 4096)]
    public int[] Crop { get; init; } = [64];

    /// <summary>Names, globs (t04*) or ranges (t024..t045) of the training images. Default none: all that are in no other list.</summary>
    public string[] Training { get; init; } = [];

    /// <summary>Names, globs or ranges of the validation images. Default none: see <see cref="ValidationShare"/>.</summary>
    public string[] Validation { get; init; } = [];

    /// <summary>Names, globs or ranges of the test images. Default none.</summary>
    public string[] Test { get; init; } = [];

    /// <summary>Names, globs or ranges of images to leave out. Default none.</summary>
    public string[] Exclude { get; init; } = [];

    /// <summary>
    /// Share of the training images held out for validation where the data set and the options name none: of several embryos
    /// whole ones, chosen by chance, until the share is reached (one at least is left); of one embryo neighbours in order of
    /// name, since neighbouring frames of a movie resemble each other. Default 0.1.
    /// </summary>
    [Range(0, 0.9)]
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>Label that marks the background besides 0; ASTEC writes 1. Default 0.</summary>
    [Range(0, int.MaxValue)]
    public int BackgroundLabel { get; init; }

    /// <summary>Percentile of intensity that becomes -1. Default 0.5.</summary>
    [Range(0, 100)]
    public double LowPercentile { get; init; } = 0.5;

    /// <summary>Percentile of intensity that becomes +1. Default 99.8.</summary>
    [Range(0, 100)]
    public double HighPercentile { get; init; } = 99.8;

    /// <summary>Share of the samples placed around a random cell rather than anywhere. Default 0.8.</summary>
    [Range(0, 1)]
    public double CellShare { get; init; } = 0.8;

    /// <summary>Consecutive samples taken from one image before the next; raise it where reading is slow. Default 1.</summary>
    [Range(1, 1000)]
    public int SamplesPerImage { get; init; } = 1;

    /// <summary>Whether embryos are visited equally often, however many frames each has; without effect where there is one. Default true.</summary>
    public bool BalanceEmbryos { get; init; } = true;

    /// <summary>
    /// Whether the frames of an embryo are visited by stage, each equally often: numbers of cells within a factor of two are one
    /// stage. All cells are counted first, for the index. Default false: each frame equally often.
    /// </summary>
    public bool BalanceStages { get; init; }

    /// <summary>
    /// Share of the samples around a cell whose cell is drawn by its size: each class of volume, a factor of two wide, that the image
    /// has is as likely. Default 0: each cell is as likely.
    /// </summary>
    [Range(0, 1)]
    public double SizeBalance { get; init; }

    /// <summary>
    /// Size of a typical cell, in voxels of the working grid (geometric mean of the sides of its box): a prediction that is told, or estimates, how large the cells of an image are brings them to
    /// this size. Default 0: the geometric mean of the smallest and the largest anchor, which is far off where a few cells of training were much smaller than most.
    /// </summary>
    [Range(0, 1000)]
    public double TypicalCell { get; init; }

    /// <summary>Least share of a cell's voxels inside the sample for it to be a truth. Default 0.1.</summary>
    [Range(0, 1)]
    public double MinimumVisible { get; init; } = 0.1;

    /// <summary>Least number of a cell's voxels inside the sample for it to be a truth. Default 8.</summary>
    [Range(1, 1e6)]
    public int MinimumVoxels { get; init; } = 8;

    /// <summary>Whether samples are mirrored, and turned between axes of like spacing (within 10 %). Time never is. Default true.</summary>
    public bool Symmetries { get; init; } = true;

    /// <summary>Greatest relative change of size: 0.15 magnifies by 0.85 to 1.15. Default 0.15; 0 is off.</summary>
    [Range(0, 0.9)]
    public double Zoom { get; init; } = 0.15;

    /// <summary>Standard deviation of the smooth displacement, in voxels of the finest axis in space. Default 1.5; 0 is off.</summary>
    [Range(0, 32)]
    public double ElasticMagnitude { get; init; } = 1.5;

    /// <summary>Distance over which the displacement varies, in voxels of the finest axis in space. Default 24.</summary>
    [Range(4, 1024)]
    public double ElasticStep { get; init; } = 24;

    /// <summary>Greatest Gaussian blur, in voxels of the finest axis in space; as often it sharpens instead. Default 0.7; 0 is off.</summary>
    [Range(0, 8)]
    public double BlurSigma { get; init; } = 0.7;

    /// <summary>Standard deviation of the slow change of brightness across a sample, relative. Default 0.15; 0 is off.</summary>
    [Range(0, 1)]
    public double BrightnessField { get; init; } = 0.15;

    /// <summary>Greatest logarithm of the gamma exponent: 0.3 draws exponents from 0.74 to 1.35. Default 0.3; 0 is off.</summary>
    [Range(0, 2)]
    public double GammaRange { get; init; } = 0.3;

    /// <summary>Greatest logarithm of the gain: 0.2 multiplies by 0.82 to 1.22. Default 0.2; 0 is off.</summary>
    [Range(0, 2)]
    public double IntensityScale { get; init; } = 0.2;

    /// <summary>Greatest added level, as a share of the range between the percentiles. Default 0.05; 0 is off.</summary>
    [Range(0, 1)]
    public double IntensityShift { get; init; } = 0.05;

    /// <summary>Greatest standard deviation of added noise, as a share of the range between the percentiles. Default 0.06; 0 is off.</summary>
    [Range(0, 1)]
    public double NoiseDeviation { get; init; } = 0.06;

    /// <summary>
    /// Whether images are loaded whole or each crop reads its own part of the files; samples are the same. Default Auto: in blocks
    /// where the training images do not all fit into <see cref="CacheMegabytes"/>, a crop is at most half of its image, and no file
    /// can be read from its front only (gzip, Fortran order).
    /// </summary>
    public ReadingKind Reading { get; init; } = ReadingKind.Auto;

    /// <summary>Most memory that loaded images may hold, in MiB. Default 512.</summary>
    [Range(0, 1e6)]
    public long CacheMegabytes { get; init; } = 512;

    /// <summary>The same samples without any variation: plain crops.</summary>
    public SampleOptions Plain() => this with
    {
        Symmetries = false,
        Zoom = 0,
        ElasticMagnitude = 0,
        BlurSigma = 0,
        BrightnessField = 0,
        GammaRange = 0,
        IntensityScale = 0,
        IntensityShift = 0,
        NoiseDeviation = 0,
    };

    /// <summary>
    /// Sizes of the working grid of an image: its own field at <see cref="Spacing"/>. Prediction resamples to it, then
    /// normalises (<see cref="Intensity.Normalise"/>), as training did.
    /// </summary>
    /// <exception cref="OptionsException">The spacing has another number of axes.</exception>
    public Extent WorkingExtent(Volume image) => CommonGrid.Working(image.Spacing, image.Extent, Spacing);

    /// <summary>The same for images of a rank that has no time, where the options speak of time too: the time step is left out.</summary>
    internal SampleOptions OfFrame(int rank) => Spacing is { } steps && steps.Length > rank ? this with { Spacing = steps[^rank..] } : this;

    /// <summary>Number of voxels of a sample for images of one rank.</summary>
    /// <exception cref="OptionsException">The crop has another number of axes.</exception>
    internal long VoxelsAt(int rank) => new Extent(CropAt(rank)).Count;

    /// <summary>Sizes of a sample for images of one rank.</summary>
    /// <exception cref="OptionsException">The crop has another number of axes.</exception>
    internal int[] CropAt(int rank)
    {
        if (Crop.Length == rank) return Crop;
        if (Crop.Length == 1) return [.. Enumerable.Repeat(Crop[0], rank)];
        throw new OptionsException(
            "Samples.Crop", $"{Crop.Length} sizes ({string.Join(' ', Crop)}) for images of {rank} axes; give one size per axis or a single one.");
    }
}
