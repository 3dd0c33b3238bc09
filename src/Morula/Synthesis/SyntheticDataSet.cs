using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;
using Morula.Formats;
using Morula.Options;
using Morula.Volumes;

namespace Morula.Synthesis;

/// <summary>
/// Writes images with known truth as a data set folder: <c>raw/NAME.tif</c>, <c>labels/NAME.tif</c>, <c>objects/NAME.csv</c> and
/// <c>synthesis.json</c>; a movie has <c>tracks.csv</c> besides. Image number i depends on seed and i alone, so a folder can be
/// resumed or extended: what is there already stays.
/// </summary>
public static class SyntheticDataSet
{
    /// <summary>Writes toy scenes named 00000, 00001 and so on.</summary>
    /// <param name="folder">Folder to fill; made if missing.</param>
    /// <param name="options">What to draw.</param>
    /// <param name="count">Number of images, at least 1.</param>
    /// <param name="seed">Seed of the set.</param>
    /// <param name="progress">Told the number of images present after each one.</param>
    /// <param name="cancellation">Stops between images.</param>
    /// <exception cref="OptionsException">The folder holds images of other options or another seed.</exception>
    public static void WriteToys(string folder, ToyOptions options, int count, int seed, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        SynthesisRecord.Enter(folder, "toy", options, count, seed);
        int finished = 0;
        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, WriteToy);
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }

        void WriteToy(int index)
        {
            string name = Name(index);
            if (!File.Exists(ObjectPath(folder, name)))
            {
                ToyScene scene = ToyScene.Create(options, RandomOf(seed, index));
                WriteImage(folder, name, scene.Image, scene.Labels, ToyTable(scene));
            }

            progress?.Report(Interlocked.Increment(ref finished));
        }
    }

    /// <summary>Writes embryos named 00000, 00001 and so on; parameters as for toys.</summary>
    /// <exception cref="OptionsException">The folder holds images of other options or another seed.</exception>
    public static void WriteEmbryos(string folder, EmbryoOptions options, int count, int seed, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        WriteEmbryos(folder, "embryo", options, _ => options, count, seed, progress, cancellation);

    /// <summary>Writes embryos of which each has its own number of cells, voxels, membranes, light and noise, with three axes, named 00000, 00001 and so on; parameters as for toys.</summary>
    /// <exception cref="OptionsException">The folder holds images of another kind or another seed.</exception>
    public static void WriteVariedEmbryos(string folder, int count, int seed, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        WriteEmbryos(folder, "varied embryo", new EmbryoOptions(), Variety.Draw, count, seed, progress, cancellation);

    /// <summary>Writes parts of a label image as a membrane marker would show them, named 00000, 00001 and so on; parameters as for toys.</summary>
    /// <exception cref="OptionsException">The folder holds images of other options or another seed, or the label image holds no cell.</exception>
    /// <exception cref="VolumeFormatException">The label image cannot be read.</exception>
    public static void WriteTissues(string folder, TissueOptions options, int count, int seed, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        WriteTissues(folder, "tissue", options, _ => options, count, seed, progress, cancellation);

    /// <summary>Writes parts of a label image of which each is seen in its own way, cells as wide as the options say where voxels are of 0.45 micrometres; parameters as for toys.</summary>
    /// <exception cref="OptionsException">The folder holds images of other options or another seed, or the label image holds no cell.</exception>
    /// <exception cref="VolumeFormatException">The label image cannot be read.</exception>
    public static void WriteVariedTissues(string folder, TissueOptions options, int count, int seed, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        WriteTissues(folder, "varied tissue", options, random => Variety.Draw(options, random), count, seed, progress, cancellation);

    private static void WriteEmbryos(string folder, string kind, EmbryoOptions options, Func<Random, EmbryoOptions> draw, int count, int seed, IProgress<int>? progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        SynthesisRecord.Enter(folder, kind, options, count, seed);
        WriteCells(folder, count, seed, Scene, progress, cancellation);

        (Volume Image, LabelVolume Labels) Scene(Random random)
        {
            EmbryoScene scene = EmbryoScene.Create(draw(random), random);
            return (scene.Image, scene.Labels);
        }
    }

    private static void WriteTissues(string folder, string kind, TissueOptions options, Func<Random, TissueOptions> draw, int count, int seed, IProgress<int>? progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        LabelVolume shapes = VolumeFile.ReadLabels(options.Labels, rank: 3);
        if (!shapes.Voxels.Any(label => label > 0)) throw new OptionsException("Labels", $"{options.Labels} holds no cell.");
        SynthesisRecord.Enter(folder, kind, options with { Labels = Path.GetFileName(options.Labels) }, count, seed);
        WriteCells(folder, count, seed, random => TissueScene.Create(shapes, draw(random), random), progress, cancellation);
    }

    private static void WriteCells(string folder, int count, int seed, Func<Random, (Volume Image, LabelVolume Labels)> create, IProgress<int>? progress, CancellationToken cancellation)
    {
        for (int index = 0; index < count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            string name = Name(index);
            if (!File.Exists(ObjectPath(folder, name)))
            {
                var (image, labels) = create(RandomOf(seed, index));
                WriteImage(folder, name, image, labels, CellsTable(labels));
            }

            progress?.Report(index + 1);
        }
    }

    /// <summary>
    /// Writes one movie, frame t as t000, t001 and so on, and <c>tracks.csv</c> with a row per cell and frame: t, label,
    /// parent_label (0 for cells of the first frame), voxels and centre in voxels.
    /// </summary>
    /// <exception cref="OptionsException">The folder holds images of other options or another seed.</exception>
    public static void WriteMovie(string folder, EmbryoMovieOptions options, int seed, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        SynthesisRecord.Enter(folder, "movie", options with { Frames = new EmbryoMovieOptions().Frames }, options.Frames, seed);
        EmbryoMovie movie = EmbryoMovie.Create(options, RandomOf(seed, 0));
        Dictionary<int, int> parents = movie.Tracks.ToDictionary(track => track.Id, track => track.ParentId);
        var table = new StringBuilder($"t,label,parent_label,voxels{CentroidTable.Columns(options.Embryo.Extent.Count)}\n");
        for (int frame = 0; frame < movie.FrameCount; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            string name = $"t{frame:000}";
            LabelVolume labels = MovieFrame(folder, name, movie, frame);
            foreach (var (cell, text) in CentroidTable.Rows(labels))
                table.Append(CultureInfo.InvariantCulture, $"{frame},{cell.Label},{parents[cell.Label]}{text}\n");
            progress?.Report(frame + 1);
        }

        AtomicFile.WriteText(Path.Combine(folder, "tracks.csv"), table.ToString());
    }

    private static LabelVolume MovieFrame(string folder, string name, EmbryoMovie movie, int frame)
    {
        if (File.Exists(ObjectPath(folder, name)))
            return VolumeFile.ReadLabels(Path.Combine(folder, "labels", name + ".tif"));
        EmbryoScene scene = movie.Render(frame);
        WriteImage(folder, name, scene.Image, scene.Labels, CellsTable(scene.Labels));
        return scene.Labels;
    }

    /// <summary>The table of objects comes last: an image whose table is there is complete.</summary>
    private static void WriteImage(string folder, string name, Volume image, LabelVolume labels, string table)
    {
        VolumeFile.Write(Path.Combine(folder, "raw", name + ".tif"), image, VoxelType.UInt8);
        VolumeFile.Write(Path.Combine(folder, "labels", name + ".tif"), labels);
        AtomicFile.WriteText(ObjectPath(folder, name), table);
    }

    private static string ToyTable(ToyScene scene)
    {
        int rank = scene.Labels.Rank;
        string ratios = rank == 3 ? ",longest_to_middle,longest_to_shortest,middle_to_shortest" : ",longest_to_shortest";
        var table = new StringBuilder($"label,class,intensity{CentroidTable.Columns(rank, "lower_")}{CentroidTable.Columns(rank, "upper_")}{ratios}\n");
        foreach (SceneObject item in scene.Objects)
        {
            table.Append(CultureInfo.InvariantCulture, $"{item.Label},{(int)item.Shape},{item.Intensity:0.#####}{CentroidTable.Corners(item.Box)}");
            foreach (double ratio in item.AspectRatios) table.Append(CultureInfo.InvariantCulture, $",{ratio:0.####}");
            table.Append('\n');
        }

        return table.ToString();
    }

    private static string CellsTable(LabelVolume labels)
    {
        int rank = labels.Rank;
        var table = new StringBuilder($"label,class,voxels{CentroidTable.Columns(rank)}{CentroidTable.Columns(rank, "lower_")}{CentroidTable.Columns(rank, "upper_")}\n");
        foreach (var (cell, text) in CentroidTable.Rows(labels))
            table.Append(CultureInfo.InvariantCulture, $"{cell.Label},1{text}{CentroidTable.Corners(cell.Box)}\n");
        return table.ToString();
    }

    private static Random RandomOf(int seed, int index) => new((int)(new RandomStream((ulong)seed).Fork(index).Next() >> 33));

    private static string Name(int index) => index.ToString("00000", CultureInfo.InvariantCulture);

    private static string ObjectPath(string folder, string name) => Path.Combine(folder, "objects", name + ".csv");
}
