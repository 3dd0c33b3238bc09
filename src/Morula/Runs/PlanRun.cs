using Morula.Formats;
using Morula.Measuring;
using Morula.Options;
using Morula.Planning;
using Morula.Samples;
using Morula.Training;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>Memory of a training and of a prediction, foretold from options.</summary>
public static class PlanRun
{
    private const double UsualCellSide = 20;
    private const int VoxelBytes = sizeof(float) + sizeof(int);

    // The image as it was read, the same normalised, its labels, and the bytes of the file.
    private const int ReadingVoxelBytes = 4 + 4 + 4 + 2;

    /// <summary>Foretells everything.</summary>
    public static PlanOutcome Foretell(MorulaOptions options, PlanSubject subject)
    {
        OptionsCheck.Require(options);
        TrainingLoad training = Training(options, subject);
        PredictionLoad prediction = Prediction(options, subject);
        bool validates = options.Training.ValidationImages > 0;
        return new PlanOutcome(
            options, MemoryPlanner.Training(training),
            validates ? MemoryPlanner.Prediction(prediction with { Beside = training }) : null, MemoryPlanner.Prediction(prediction));
    }

    /// <summary>Options of which training and prediction keep within a bound: the fastest means.</summary>
    /// <param name="options">What is wanted.</param>
    /// <param name="subject">Images.</param>
    /// <param name="budget">Bytes.</param>
    /// <param name="allowPrecision">Whether numbers may be narrower, which changes gradients by about 1 %.</param>
    /// <exception cref="OptionsException">No means are enough; the message says what the least is and what to change.</exception>
    public static PlanFit Fit(MorulaOptions options, PlanSubject subject, long budget, bool allowPrecision = false) =>
        PlanSearch.Prediction(PlanSearch.Training(options, subject, budget, allowPrecision), subject, budget, besideTraining: true);

    /// <summary>Sizes of a training crop.</summary>
    public static Extent Crop(MorulaOptions options) => new(options.Samples.CropAt(options.Model.Rank));

    /// <summary>The options with a rank and crops of the given sizes.</summary>
    public static MorulaOptions WithCrop(MorulaOptions options, int[] sizes) => options with
    {
        Model = options.Model with { Rank = sizes.Length },
        Samples = options.Samples with { Crop = sizes },
    };

    /// <summary>Largest memory that this process has taken so far, bytes; 0 where the system does not say.</summary>
    public static long MeasuredPeak => ProcessMemory.Peak;

    /// <summary>What a training asks of memory.</summary>
    public static TrainingLoad Training(MorulaOptions options, PlanSubject subject)
    {
        var crop = new Extent(options.Samples.CropAt(options.Model.Rank));
        long most = options.Samples.CacheMegabytes << 20;
        long? blockBytes = BlockBytes(options.Samples with { Crop = crop.Sizes.ToArray() }, subject.Headers);
        bool inBlocks = blockBytes is not null && PairHeader.InBlocks(subject.Headers, options.Samples with { Crop = crop.Sizes.ToArray() }).Count > 0;
        return new TrainingLoad(
            options.Model, options.Training.Memory, crop, options.Training.BatchSize, subject.Cells, options.Training.Optimizer == OptimizerKind.AdamW ? 2 : 1)
        {
            CacheBytes = inBlocks ? 0 : Math.Min(most, subject.DataBytes ?? most),
            ReadingBytes = inBlocks ? blockBytes!.Value : subject.Working.Count * ReadingVoxelBytes,
            BlockBytes = blockBytes,
            SampleThreads = options.Training.PrefetchThreads,
            Prefetched = options.Training.PrefetchCount * options.Training.BatchSize,
            BooksProcess = !subject.OnCard,
        };
    }

    // Null unless all images are, or can be, read in blocks.
    private static long? BlockBytes(SampleOptions samples, IReadOnlyList<PairHeader> headers)
    {
        bool can = headers.Count > 0 && (samples.Reading == ReadingKind.Blocks || (samples.Reading == ReadingKind.Auto && headers.All(header => header.GainsByBlocks(samples))));
        return can ? headers.Max(header => header.CropBytes(samples)) : null;
    }

    /// <summary>What a prediction asks of memory.</summary>
    public static PredictionLoad Prediction(MorulaOptions options, PlanSubject subject)
    {
        PlanSubject held = subject.Within(options.Inference.BlockVoxels);
        return new PredictionLoad(options.Model, options.Inference, held.Image, held.Working, held.Cells) { BooksProcess = !subject.OnCard, SampleVoxels = options.Samples.VoxelsAt(held.Working.Rank) };
    }

    /// <summary>An image of given sizes, full of cells of 20 voxels a side where their number is not given.</summary>
    public static PlanSubject Subject(Extent image, int? cells = null, bool onCard = false)
    {
        double volume = 1;
        foreach (int size in image.Sizes[SpatialAxes.First(image.Rank)..]) volume *= size / UsualCellSide;
        return new PlanSubject(image, image, cells ?? Math.Max(1, (int)(volume / 2)), OnCard: onCard);
    }

    /// <summary>The largest image of a data set, and the memory of all.</summary>
    public static PlanSubject Subject(MorulaOptions options, string dataPath, int? cells, bool onCard)
    {
        DataSet data = DataSet.Open(dataPath, options.Samples, options.Training.Seed);
        var (largest, working, bytes) = (default(Extent), default(Extent), 0L);
        foreach (Pair pair in data.Of(Split.Training).Concat(data.Of(Split.Validation)))
        {
            var (own, grid) = HeaderExtent.Read(pair.ImagePath, options);
            // Of a clip every frame is a file of its own.
            long voxels = HeaderExtent.IsFrame(VolumeFile.ReadInfo(pair.ImagePath), options) ? grid.Count / grid[0] : grid.Count;
            if (pair.Split == Split.Training) bytes += voxels * VoxelBytes;
            if (working.Rank == 0 || grid.Count > working.Count) (largest, working) = (own, grid);
        }

        PlanSubject usual = Subject(working, cells, onCard);
        SampleOptions samples = options.Samples with { Crop = options.Samples.CropAt(options.Model.Rank) };
        return usual with { Image = largest, DataBytes = bytes, Headers = [.. data.Of(Split.Training).Select(pair => PairHeader.Read(pair, samples))] };
    }
}
