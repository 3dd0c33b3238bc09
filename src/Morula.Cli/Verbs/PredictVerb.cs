using System.CommandLine;
using Morula.Formats;
using Morula.Inference;
using Morula.Jobs;
using Morula.Linking;
using Morula.Runs;

namespace Morula.Cli.Verbs;

/// <summary>morula predict: images to cells.</summary>
internal static class PredictVerb
{
    private static readonly Argument<string[]> Images = new("images") { Description = "Image files, or folders of them.", Arity = ArgumentArity.OneOrMore };

    private static readonly Option<string> Model = new("--model")
    {
        Description = $"Checkpoint written by train, or the name of a network that comes with the program ({string.Join(", ", ShippedNetworks.Names)}).",
        HelpName = "file",
        DefaultValueFactory = _ => ShippedNetworks.Default,
        CompletionSources = { _ => ShippedNetworks.Names },
    };

    private static readonly Option<double?> Diameter = new("--diameter")
    {
        Description = "Size of a typical cell in µm (in voxels where the image states no voxel size): the image is brought to the scale of the network. Left out: with a network that comes with the program the size is estimated from the first, the middle and the last image, with your own the scale is that of its training.",
        HelpName = "number",
    };

    private static readonly Option<string> Out = new("--out") { Description = "Folder for NAME.tif, NAME.cells.csv and report.html, a page to look at.", HelpName = "folder", Required = true };

    private static readonly Option<bool> Resume = new("--resume") { Description = "Leaves images, or frames, alone whose results are already there." };

    private static readonly Option<bool> KeepParts = new("--keep-parts")
    {
        Description = "Of a movie: keeps the cells of single frames, so that the command with --resume and other --set Linking options links them anew.",
    };

    private static readonly Option<bool> Movie = new("--movie")
    {
        Description = "Takes a folder of numbered files, or one file with a time axis, for a movie: one label along each track. A network of rank 4 always does.",
    };

    private static readonly Option<int> Workers = new("--workers") { Description = "Processes of this machine that share the work; its processors are shared out among them.", HelpName = "number", DefaultValueFactory = _ => 1 };

    private static readonly Option<bool> Slurm = new("--slurm") { Description = "Submits the work to Slurm, as an array of tasks for every stage, and returns." };

    private static readonly Option<int> Tasks = new("--tasks") { Description = "With --slurm: tasks of an array at most.", HelpName = "number", DefaultValueFactory = _ => 16 };

    private static readonly Option<string[]> Sbatch = new("--sbatch") { Description = "With --slurm: an option of sbatch, such as --sbatch=--partition=short; may be given many times.", HelpName = "option", DefaultValueFactory = _ => [] };

    public static Verb Create() => Verb.Create(
        "predict",
        "Finds the cells of images: a label volume and a table of cells for each. Of a movie, also tracks and lineage.",
        [
            new VerbExample("predict embryo.tif --out cells", "with the network that comes with the program; writes cells/embryo.tif, cells/embryo.cells.csv and the page cells/report.html"),
            new VerbExample("predict embryo.tif --diameter 12 --out cells", "cells are about 12 µm wide"),
            new VerbExample("predict embryo.tif --model run/best.safetensors --out cells", "with a network of your own"),
            new VerbExample("predict raw/ --model run/best.safetensors --out cells --resume", "predicts a folder, leaving out what is done"),
            new VerbExample("predict frames/ --movie --model run/best.safetensors --out movie", "takes the files as frames of a movie: movie/labels has one label along each track, movie/tracks.csv the lineage"),
            new VerbExample("predict frames/ --model membrane4d --out movie", "the same with the network for movies that comes with the program: it sees three frames at once, and who is whose daughter"),
            new VerbExample("predict big.ome.zarr --model run/best.safetensors --out big --memory 4GB", "an image larger than memory is read, predicted and written block by block"),
            new VerbExample("predict frames/ --movie --model m.safetensors --out movie --slurm --tasks 24 --sbatch=--mem=4G", "the same on a cluster; repeated with --resume, it goes on"),
            new VerbExample("predict e.tif --model m.safetensors --out c --set Inference.Refinement.Enabled=false", "paints the network's masks as they are"),
        ],
        [Images, Model, Diameter, Out, Movie, FrameRange.Option, KeepParts, Resume, Workers, Slurm, Tasks, Sbatch, CommonOptions.Device, CommonOptions.Set, CommonOptions.Memory, CommonOptions.Overwrite],
        Run);

    private static void Run(VerbContext context)
    {
        string[] paths = context.Value(Images);
        bool asMovie = context.Value(Movie);
        IReadOnlyList<string> images = asMovie ? [] : PredictionRun.Images(paths);
        QuietTorch.EnsureLoaded();
        NetworkChoice network = NetworkChoice.Of(context, context.Value(Model), context.Value(Diameter), new ShownImages(images, asMovie, () => Frames(context, paths), context.Value(Resume) ? CellSizes.Of(context.Value(Out)) : null));
        OutputFolder.Prepare(context.Value(Out), context.Value(CommonOptions.Overwrite) || context.Value(Resume), resumable: true);
        network.Sizes?.Leave(context.Value(Out));
        try
        {
            bool isShared = context.Value(Slurm) || context.Value(Workers) > 1;
            if (context.Value(CommonOptions.Overwrite) && !context.Value(Resume)) PredictionRun.Forget(isShared ? images : [], context.Value(Out));
            if (isShared) SharedPrediction.Run(context, Request(context, network, paths, images), Worker(context));
            else Predict(context, network, paths, asMovie, images);
        }
        catch (OperationCanceledException)
        {
            throw new StoppedException("the same command and --resume");
        }
    }

    private static void Predict(VerbContext context, NetworkChoice network, string[] paths, bool asMovie, IReadOnlyList<string> images)
    {
        PredictionBound? bound = MemoryBound.Of(context) is { } most ? new PredictionBound(most, asMovie ? [FirstFrame(context, paths)] : images) : null;
        using var run = new PredictionRun(network.Path, network.Overrides, bound, new SaidLines(context)) { Diameters = network.Diameters };
        if (asMovie || run.SeesMovies) PredictMovie(context, run, paths);
        else PredictImages(context, run, images);
    }

    private static PredictionRequest Request(VerbContext context, NetworkChoice network, string[] paths, IReadOnlyList<string> images)
    {
        bool isMovie = context.Value(Movie) || PredictionRun.SeesMoviesOf(network.Path);
        if (isMovie && paths.Length != 1) throw new UsageException($"a movie is one folder of numbered frames or one file with a time axis, but {paths.Length} paths are named.");
        FrameRange range = FrameRange.Of(context);
        return new PredictionRequest(network.Path, isMovie ? paths : images, context.Value(Out))
        {
            IsMovie = isMovie, FirstFrame = range.First, LastFrame = range.Last, Overrides = network.Overrides, Diameters = network.Diameters,
            MemoryBytes = MemoryBound.Of(context), KeepsParts = context.Value(KeepParts),
        };
    }

    private static SharedPrediction.Means Worker(VerbContext context) =>
        new(context.Value(Slurm), context.Value(Workers), context.Value(Tasks), context.Value(Sbatch));

    private static void PredictImages(VerbContext context, PredictionRun run, IReadOnlyList<string> images)
    {
        if (context.Value(FrameRange.Option) is not null) throw new UsageException("--frames chooses frames of a movie; name it together with --movie.");
        string folder = context.Value(Out);
        int[] open = [.. Enumerable.Range(0, images.Count).Where(index => !context.Value(Resume) || !PredictionFiles.Of(folder, images[index]).Exist)];
        int skipped = images.Count - open.Length, cells = 0, next = 0;
        string? last = null;
        foreach (PredictedImage found in run.PredictEach([.. open.Select(index => images[index])], folder, Begin, context.Stop))
        {
            cells += found.Cells;
            last = $"{found.Files.Labels}: {found.Cells} cells";
            context.Item(new { image = images[open[next++]], labels = found.Files.Labels, table = found.Files.Cells, found.Cells }, images.Count > 1 ? last : null);
        }

        if (skipped > 0) context.Progress.Say($"{skipped} of {images.Count} images were done already");
        int done = images.Count - skipped;
        string? report = ReportLine.Told(context, PredictionReport.In(folder), PredictionReport.TryWrite(run, images, folder, context.Cost));
        context.Result(new { folder, images = done, skipped, cells, report }, [images.Count == 1 && last is not null ? last : $"{folder}: {cells} cells in {done} image{(done == 1 ? "" : "s")}", .. MemoryBound.PeakLine(context)]);

        TileLines Begin(int place)
        {
            TellChoices(context, run, images[open[place]]);
            return new TileLines(context, open[place], images.Count);
        }
    }

    private static void PredictMovie(VerbContext context, PredictionRun run, string[] paths)
    {
        TellChoices(context, run, FirstFrame(context, paths));
        FrameSequence movie = OpenMovie(context, paths);
        MovieOutcome outcome = new MovieRun(run, new ExactLinkSolver()) { KeepsParts = context.Value(KeepParts) }.Predict(movie, context.Value(Out), new MovieLines(context), context.Stop);
        context.Progress.Dispose();
        if (outcome.Skipped > 0) context.Progress.Say($"{outcome.Skipped} windows were done already");
        string? report = ReportLine.Told(context, PredictionReport.In(outcome.Folder), PredictionReport.TryWrite(run, movie, outcome.Folder, context.Cost));
        int tracks = outcome.Lineage.Tracks.Count, divisions = outcome.Lineage.Divisions.Count();
        context.Result(
            new { folder = outcome.Folder, outcome.Frames, outcome.Cells, tracks, divisions, report },
            [$"{outcome.Folder}: {outcome.Frames} frames, {outcome.Cells} cells in {tracks} tracks, {divisions} divisions", .. MemoryBound.PeakLine(context)]);
    }

    private static void TellChoices(VerbContext context, PredictionRun run, string image)
    {
        if (!context.IsVerbose) return;
        foreach (string choice in run.Choices(image)) context.Progress.Detail(choice);
    }

    private static FrameSequence OpenMovie(VerbContext context, string[] paths)
    {
        if (paths.Length != 1) throw new UsageException($"a movie is one folder of numbered frames or one file with a time axis, but {paths.Length} paths are named.");
        FrameRange range = FrameRange.Of(context);
        return FrameSequence.Open(paths[0], range.First, range.Last);
    }

    private static IReadOnlyList<ImageFrame> Frames(VerbContext context, string[] paths)
    {
        FrameSequence movie = OpenMovie(context, paths);
        return [.. Enumerable.Range(0, movie.Count).Select(movie.FrameOf)];
    }

    private static string FirstFrame(VerbContext context, string[] paths) => OpenMovie(context, paths).PathOf(0);

    /// <summary>Progress over the windows of a movie, then over the linking.</summary>
    private sealed class MovieLines(VerbContext context) : IProgress<MovieProgress>
    {
        public void Report(MovieProgress value) => context.Progress.Report(
            (100 * value.Done) + (long)(100 * value.Linked), 100 * (value.Total + 1), caption: value.Done < value.Total ? $"window {value.Done}/{value.Total}" : $"linking {100 * value.Linked:0} %");
    }

    /// <summary>Progress over all images in hundredths of an image.</summary>
    private sealed class TileLines(VerbContext context, int image, int images) : IProgress<double>
    {
        public void Report(double value) => context.Progress.Report((100 * image) + (long)(100 * value), 100 * images, caption: $"image {image + 1}/{images}  {100 * value:0} %");
    }
}
