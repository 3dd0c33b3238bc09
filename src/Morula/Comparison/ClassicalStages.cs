using Morula.Baseline;
using Morula.Formats;
using Morula.Inference;
using Morula.Measuring;
using Morula.Model;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Comparison;

/// <summary>The stages of the segmentation without learning.</summary>
internal static class ClassicalStages
{
    private const int MostImages = 3;

    /// <summary>Chooses its parameters on a few training images, evenly drawn, and the class it gives.</summary>
    public static void Tune(MemberRequest request, TimeProvider clock, IProgress<MemberProgress> progress, CancellationToken cancellation)
    {
        MorulaOptions options = request.ParsedOptions;
        IReadOnlyList<Pair> training = DataSet.Open(request.Data).Of(Split.Training);
        int count = Math.Min(MostImages, training.Count);
        Pair[] chosen = [.. Enumerable.Range(0, count).Select(index => training[(int)((index + 0.5) * training.Count / count)])];
        long idle = Settle();
        long begun = clock.GetTimestamp();
        DateTimeOffset start = clock.GetUtcNow();
        TuningImage[] images = [.. chosen.Select(pair => Read(pair, options))];
        BaselineChoice choice = BaselineTuning.Choose(images, new Shares(progress), cancellation);
        new TrainingCost(
            [start], true, idle, ProcessMemory.Peak, 0, clock.GetElapsedTime(begun).TotalMinutes,
            new ClassicalChoice(choice.Options, choice.Score, choice.Tried, [.. chosen.Select(pair => pair.Name)], MostFrequentClass(training))).Save(request.Results);
    }

    /// <summary>Segments the held-out images, judges them and writes the result.</summary>
    public static void Predict(MemberRequest request, TimeProvider clock, IProgress<MemberProgress> progress, CancellationToken cancellation)
    {
        MemberFolder folder = request.Results;
        MorulaOptions options = request.ParsedOptions;
        TrainingCost cost = TrainingCost.Of(folder);
        IReadOnlyList<Pair> pairs = DataSet.Open(request.Data).Of(request.HeldOut);
        var pace = new PredictionPace(clock, pairs, progress, cancellation);
        long idle = Settle();
        pace.Measure((pair, index) => Segment(pair, options.Model.Rank, cost.Choice!, folder.Prediction(pairs, index)));
        long peak = ProcessMemory.Peak;
        bool hasClasses = pairs.Any(pair => pair.ObjectsPath is not null);
        Judgement judgement = Judgement.Of(pairs, folder, options.Samples.BackgroundLabel, hasClasses, cancellation);
        judgement.Save(folder, new MemberResult(
            request.Name, 0, judgement.Scores, judgement.Found, 0, 0, 0, cost.BaseBytes, cost.PeakBytes, idle, peak,
            null, pace.SecondsPerMegavoxel, 0, cost.Minutes, Machine.Describe(clock), cost.Choice));
    }

    private static long Settle()
    {
        ProcessMemory.Collect();
        ProcessMemory.ResetPeak();
        return ProcessMemory.Resident;
    }

    private static TuningImage Read(Pair pair, MorulaOptions options)
    {
        var (image, truth) = HeldOutImage.Read(pair, options.Model.Rank, options.Samples.BackgroundLabel);
        return new TuningImage(image, truth.Resample(image.Extent));
    }

    private static long Segment(Pair pair, int rank, ClassicalChoice choice, PredictionFiles files)
    {
        Volume image = VolumeFile.ReadImage(pair.ImagePath, rank: rank);
        ClassicalCells cells = ClassicalSegmentation.Find(image, choice.Options);
        int[] classes = [.. Enumerable.Repeat(choice.Class, cells.Scores.Length)];
        var detections = new Detections(image.Rank, [], cells.Scores, classes, Extent.Cube(image.Rank, 1), []);
        CellTableFile.Save(CellTable.Measure(cells.Labels, detections), files.Cells);
        VolumeFile.Write(files.Labels, cells.Labels);
        return image.Extent.Count;
    }

    private static int MostFrequentClass(IReadOnlyList<Pair> training) => training
        .SelectMany(pair => ObjectClasses.Read(pair.ObjectsPath).Values)
        .GroupBy(kind => kind).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).FirstOrDefault()?.Key ?? ObjectClasses.Default;

    private sealed class Shares(IProgress<MemberProgress> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new MemberProgress(value, $"tuning {100 * value:0} %"));
    }
}
