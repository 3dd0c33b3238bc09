using Morula.Baseline;
using Morula.Formats;
using Morula.Inference;
using Morula.Measuring;
using Morula.Model;
using Morula.Runs;
using Morula.Samples;
using Morula.Tracking;
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
        DataSet data = DataSet.Open(request.Data);
        IReadOnlyList<Pair> training = data.Of(Split.Training);
        var images = HeldOutImages.Of(data, request.HeldOut, request.AsMovie);
        int count = Math.Min(MostImages, training.Count);
        Pair[] chosen = [.. Enumerable.Range(0, count).Select(index => training[(int)((index + 0.5) * training.Count / count)])];
        long idle = Settle();
        long begun = clock.GetTimestamp();
        DateTimeOffset start = clock.GetUtcNow();
        TuningImage[] tuning = [.. chosen.Select(pair => Read(pair, images.RankFor(options), options.Samples.BackgroundLabel))];
        BaselineChoice choice = BaselineTuning.Choose(tuning, new Shares(progress), cancellation);
        new TrainingCost(
            [start], true, idle, ProcessMemory.Peak, 0, clock.GetElapsedTime(begun).TotalMinutes,
            new ClassicalChoice(choice.Options, choice.Score, choice.Tried, [.. chosen.Select(pair => pair.Name)], MostFrequentClass(training))).Save(request.Results);
    }

    /// <summary>Segments the held-out images, judges them and writes the result.</summary>
    public static void Predict(MemberRequest request, ILinkSolver solver, TimeProvider clock, IProgress<MemberProgress> progress, CancellationToken cancellation)
    {
        MemberFolder folder = request.Results;
        MorulaOptions options = request.ParsedOptions;
        TrainingCost cost = TrainingCost.Of(folder);
        var images = HeldOutImages.Of(DataSet.Open(request.Data), request.HeldOut, request.AsMovie);
        var pace = new PredictionPace(clock, images, progress, cancellation);
        folder.ClearPrediction();
        long idle = Settle();
        if (request.AsMovie) pace.MeasureMovie(movie => Segment(movie, images, options, cost.Choice!, new MovieParts(folder.Predicted), solver, progress, cancellation));
        else pace.Measure((pair, index) => Segment(pair, options.Model.Rank, cost.Choice!, folder.Prediction(images, index)));
        long peak = ProcessMemory.Peak;
        bool hasClasses = images.Pairs.Any(pair => pair.ObjectsPath is not null);
        Judgement judgement = Judgement.Of(images, folder, options.Samples.BackgroundLabel, hasClasses, cancellation);
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

    private static TuningImage Read(Pair pair, int rank, int background)
    {
        var (image, truth) = HeldOutImage.Read(pair, rank, background);
        return new TuningImage(image, truth.Resample(image.Extent));
    }

    private static void Segment(
        FrameSequence movie, HeldOutImages images, MorulaOptions options, ClassicalChoice choice, MovieParts parts, ILinkSolver solver, IProgress<MemberProgress> progress,
        CancellationToken cancellation)
    {
        for (int frame = 0; frame < movie.Count; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(new MemberProgress((double)frame / movie.Count, $"image {frame + 1}/{movie.Count}"));
            Segment(images.Pairs[frame], images.RankFor(options), choice, parts.OfFrame(movie.NameOf(frame)));
        }

        parts.Link(movie, options.Linking, solver, new LinkEvidence(), progress: null, cancellation);
        parts.Delete();
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
