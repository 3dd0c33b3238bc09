using System.Security.Cryptography;
using Morula.Formats;
using Morula.Inference;
using Morula.Model;
using Morula.Options;
using Morula.Samples;
using Morula.Streaming;
using Morula.Tensors;
using Morula.Training;
using Morula.Volumes;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Runs;

/// <summary>A trained network applied to image files: a label volume and a table of cells for each.</summary>
public sealed class PredictionRun : IDisposable
{
    // That of a training says nothing of this machine.
    private const string AnyDevice = $"{nameof(MorulaOptions.Device)}={ComputeDevice.Auto}";

    private readonly MaskRcnn model;
    private readonly string checkpointPath;
    private readonly MorulaOptions options;
    private readonly IProgress<string>? messages;

    /// <summary>Loads a checkpoint.</summary>
    /// <param name="checkpointPath">Written by a training.</param>
    /// <param name="overrides">Inference.Key=value and the like, on top of the checkpoint's options.</param>
    /// <param name="bound">Memory that the process may take and the images to be predicted; tiles are chosen so. Null: as the options say.</param>
    /// <param name="messages">Told of what is chosen, and of every new start with smaller tiles where memory runs out.</param>
    /// <exception cref="VolumeFormatException">Not a checkpoint that this version reads.</exception>
    /// <exception cref="OptionsException">An override does not fit.</exception>
    public PredictionRun(string checkpointPath, IEnumerable<string> overrides, PredictionBound? bound = null, IProgress<string>? messages = null)
    {
        (this.checkpointPath, this.messages) = (checkpointPath, messages);
        Bytes = bound?.Bytes;
        NetworkName = VolumeName.Of(checkpointPath);
        Checkpoint checkpoint = Checkpoint.Load(checkpointPath);
        options = OptionsCheck.Require(OptionsFile.Parse<MorulaOptions>(checkpoint.Options, checkpointPath, [AnyDevice, .. overrides]));
        Device = ComputeDevice.Named(options.Device);
        if (bound is not null) options = bound.Fit(options, messages);
        if (options.Inference.Threads > 0) set_num_threads(options.Inference.Threads);
        model = Restored(checkpoint);
        using FileStream file = File.OpenRead(checkpointPath);
        Fingerprint = Convert.ToHexString(SHA256.HashData(file));
    }

    private PredictionRun(PredictionRun other)
    {
        (checkpointPath, options, messages, NetworkName) = (other.checkpointPath, other.options, other.messages, other.NetworkName);
        (Fingerprint, Bytes, Device, Diameters) = (other.Fingerprint, other.Bytes, other.Device, other.Diameters);
        model = Restored(Checkpoint.Load(checkpointPath));
    }

    /// <summary>
    /// Size of the cells of images whose cells differ, µm, by the name of the image (<see cref="CellSizes.Each"/>): each is predicted at its own scale, the others as the options say, which are
    /// those of the smallest cells where memory is bound. Default none.
    /// </summary>
    public IReadOnlyDictionary<string, double> Diameters { get; init; } = new Dictionary<string, double>();

    /// <summary>Whether the network takes what it is given for a movie.</summary>
    public bool SeesMovies => options.Model.Rank == 4;

    /// <summary>Whether the network of a checkpoint takes what it is given for a movie.</summary>
    public static bool SeesMoviesOf(string checkpointPath) =>
        OptionsFile.Parse<MorulaOptions>(Checkpoint.Load(checkpointPath).Options, checkpointPath, []).Model.Rank == 4;

    /// <summary>How an image will be predicted and why so: network, grid, tiles, refinement; one fact a line, by the image's header.</summary>
    /// <exception cref="VolumeFormatException">The header cannot be read.</exception>
    public IEnumerable<string> Choices(string imagePath) => PredictionChoices.Describe(this, imagePath);

    /// <summary>The network.</summary>
    internal MaskRcnn Network => model;

    /// <summary>The checkpoint's options with the overrides.</summary>
    internal MorulaOptions Options => options;

    /// <summary>The same for one image, at its own scale.</summary>
    internal MorulaOptions OptionsFor(string imagePath) => Diameters.TryGetValue(VolumeName.Of(imagePath), out double diameter)
        ? options with { Samples = options.Samples with { Spacing = [CellDiameter.SpacingFor(options, diameter)], Uncalibrated = true } }
        : options;

    /// <summary>Name of the checkpoint, without folder and extension.</summary>
    internal string NetworkName { get; }

    /// <summary>Where the network lives.</summary>
    internal Device Device { get; }

    /// <summary>Memory that the process may take; null where nobody said.</summary>
    internal long? Bytes { get; }

    /// <summary>Tells networks apart: a hash of the checkpoint.</summary>
    internal string Fingerprint { get; }

    /// <summary>Predicts one image file; results appear whole or not at all.</summary>
    /// <param name="imagePath">A file that <see cref="VolumeFile"/> reads.</param>
    /// <param name="folder">Receives NAME.tif and NAME.cells.csv; while a large image is being predicted, also parts/NAME, from where a run that was stopped goes on.</param>
    /// <param name="progress">Share done, in [0, 1].</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <exception cref="VolumeFormatException">The image cannot be read, or is none for this network.</exception>
    /// <exception cref="OptionsException">The halo leaves no room in a tile, or the folder holds parts of a run with something else.</exception>
    public PredictedImage Predict(string imagePath, string folder, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        PredictionFiles files = Files(imagePath, folder);
        Require(imagePath);
        if (!ImageTask.IsLarge(imagePath, this)) return PredictWhole(imagePath, null, files, progress, cancellation);
        using var images = new ImageWork([Task(imagePath, folder)]);
        files.Forget();
        foreach (double share in WorkProgress.Through(images, cancellation)) progress?.Report(share);
        return new PredictedImage(VolumeName.Of(imagePath), files, VolumeFile.ReadInfo(imagePath).Extent, CellTableFile.Count(files.Cells));
    }

    /// <summary>Takes away what earlier runs left in a folder for runs that go on: parts of images and movies, and the tables of images, so that all of it is predicted again.</summary>
    /// <param name="imagePaths">Images, none for a movie.</param>
    /// <param name="folder">Of the results.</param>
    public static void Forget(IEnumerable<string> imagePaths, string folder)
    {
        string parts = PartsFolder.In(folder);
        if (Directory.Exists(parts)) Directory.Delete(parts, recursive: true);
        foreach (string image in imagePaths) PredictionFiles.Of(folder, image).Forget();
    }

    /// <summary>An image as units of work.</summary>
    internal ImageTask Task(string imagePath, string folder)
    {
        string name = VolumeName.Of(imagePath);
        string parts = Path.Combine(PartsFolder.In(folder), name);
        Require(imagePath);
        if (ImageTask.IsLarge(imagePath, this)) PartsRecord.Enter(parts, $"{name}\n{Fingerprint}\n{OptionsFile.Write(OptionsFor(imagePath))}");
        return new ImageTask(this, imagePath, null, Files(imagePath, folder), parts);
    }

    /// <summary>Predicts image files one after the other; small ones several at once, each by its share of the threads, where processors and memory allow it.</summary>
    /// <param name="imagePaths">Files that <see cref="VolumeFile"/> reads.</param>
    /// <param name="folder">As for one.</param>
    /// <param name="begin">Called with the place of an image when it begins, in their order; is told the share done.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <returns>What was found, image by image in their order, each when its results are there.</returns>
    /// <exception cref="VolumeFormatException">An image cannot be read, or is none for this network; the results of those before it are there.</exception>
    /// <exception cref="OptionsException">The halo leaves no room in a tile, or the folder holds parts of a run with something else.</exception>
    public IEnumerable<PredictedImage> PredictEach(IReadOnlyList<string> imagePaths, string folder, Func<int, IProgress<double>?>? begin = null, CancellationToken cancellation = default) =>
        new ImageSeries(this, folder, begin ?? (_ => null)).Predict(imagePaths, cancellation);

    /// <summary>Predicts an image, or a frame of a movie, in one piece.</summary>
    internal PredictedImage PredictWhole(string imagePath, int? frame, PredictionFiles files, IProgress<double>? progress, CancellationToken cancellation)
    {
        Volume image = VolumeFile.ReadImage(imagePath, frame: frame, rank: options.Model.Rank);
        SampleOptions samples = OptionsFor(imagePath).Samples;
        TilesOf(samples.WorkingExtent(image));
        Prediction prediction = PredictionMemory.Run(
            options.Inference, samples.WorkingExtent(image),
            inference => new Predictor(model, samples, inference, Device).Predict(image, progress, cancellation),
            message => messages?.Report($"{imagePath}: {message}"));
        CellTable table = prediction.Measure(options.Inference.Quality);
        CellTableFile.Save(table, files.Cells);
        VolumeFile.Write(files.Labels, prediction.Labels);
        return new PredictedImage(VolumeName.Of(imagePath), files, image.Extent, table.Rows.Count) { Whole = new WholePrediction(image, prediction, table) };
    }

    /// <summary>The same network once more, for another thread: layers are told what to normalise with, so two threads cannot share them.</summary>
    internal PredictionRun Twin() => new(this);

    /// <summary>A large image, to be predicted in parts.</summary>
    internal StreamedImage Stream(string imagePath, int? frame, StreamParts parts) =>
        new(imagePath, options.Model.Rank, frame, OptionsFor(imagePath).Samples, options.Inference, model.LargestStride, options.Model.LargestCell, parts);

    /// <summary>The network on tiles.</summary>
    internal ITileNetwork Tiles => new Predictor(model, options.Samples, options.Inference, Device).Network;

    /// <summary>The image files that arguments name: files as they are, folders as the images in them.</summary>
    /// <exception cref="VolumeFormatException">A path does not exist, a folder holds no image, or two images would have one result.</exception>
    public static IReadOnlyList<string> Images(IEnumerable<string> paths)
    {
        var images = new List<string>();
        foreach (string path in paths)
        {
            if (VolumeFile.Exists(path) || !Directory.Exists(path))
            {
                if (!VolumeFile.Exists(path)) throw new VolumeFormatException(path, "there is no such image, nor a folder of images.");
                images.Add(path);
                continue;
            }

            IReadOnlyList<string> found = VolumeFile.InFolder(path);
            if (found.Count == 0) throw new VolumeFormatException(path, $"the folder holds no image ({VolumeFile.Extensions}); name files or another folder.");
            images.AddRange(found);
        }

        string? twice = images.GroupBy(VolumeName.Of, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null
            ? images
            : throw new VolumeFormatException(twice, "two images have this name, so one result would replace the other; predict them into different folders.");
    }

    /// <summary>Refuses an image whose voxel size is not known where it must be.</summary>
    internal void RequireImage(string path)
    {
        if (options.Samples.Spacing is null || options.Samples.Uncalibrated || VolumeFile.ReadInfo(path).IsCalibrated) return;
        throw new VolumeFormatException(
            path, "states no voxel size, but the network works at a spacing in µm; write the voxel size into the file, or pass --set Samples.Spacing=null if its voxels are like those of training.");
    }

    private static PredictionFiles Files(string imagePath, string folder)
    {
        PredictionFiles files = PredictionFiles.Of(folder, imagePath);
        return Path.GetFullPath(files.Labels) == Path.GetFullPath(imagePath)
            ? throw new VolumeFormatException(imagePath, "the result would replace the image; choose another output folder.")
            : files;
    }

    private MaskRcnn Restored(Checkpoint checkpoint)
    {
        using var scope = NewDisposeScope();
        var network = new MaskRcnn(options.Model, options.Training.Seed);
        checkpoint.ApplyTo(network);
        network.to(Device);
        return network;
    }

    private void Require(string imagePath)
    {
        DataCheck.RequireRank(imagePath, VolumeFile.ReadInfo(imagePath), options.Model.Rank);
        RequireImage(imagePath);
    }

    /// <summary>The tiles of an image on the working grid. Whether they leave room for their cores depends on the image where the options give a halo alone.</summary>
    /// <exception cref="OptionsException">They do not.</exception>
    internal IReadOnlyList<Tile> TilesOf(Extent working)
    {
        try
        {
            return options.Inference.Plan(working, model.LargestStride, options.Model.LargestCell);
        }
        catch (ArgumentException misfit)
        {
            throw new OptionsException("Inference.Tile and Inference.Halo", misfit.Message.Split(" (Parameter ")[0], misfit);
        }
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => model.Dispose();
}
