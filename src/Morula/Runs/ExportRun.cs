using Morula.Formats;
using Morula.Options;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>Writes a tracked movie, read in one layout, in another; one frame is in memory at a time.</summary>
public static class ExportRun
{
    /// <summary>Reads, measures and writes frame after frame.</summary>
    /// <param name="request">What to write.</param>
    /// <param name="progress">Told the number of frames done.</param>
    /// <param name="cancellation">Stops between frames.</param>
    /// <exception cref="VolumeFormatException">The movie cannot be read, its labels and tracks contradict each other, or the layout cannot hold it.</exception>
    /// <exception cref="OptionsException">A value of the request is out of range.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static ExportOutcome Run(ExportRequest request, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        TrackedMovie movie = Open(request);
        FrameSequence frames = movie.Labels;
        IMovieWriter writer = WriterOf(request, movie);
        var tracks = new HashSet<int>();
        long cells = 0;
        for (int index = 0; index < frames.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            LabelVolume labels = frames.ReadLabels(index);
            SortedSet<int> present = FrameLabels.Of(labels.Voxels);
            TracksCheck.RequireKnown(frames.PathOf(index), frames.Numbers[index], present, movie.Lineage, LineageTable.FileName);
            writer.Add(new MovieFrame(frames.Numbers[index], labels, writer.NeedsCells ? MeasuredCells.Of(frames.Numbers[index], labels) : []));
            tracks.UnionWith(present);
            cells += present.Count;
            progress?.Report(index + 1);
        }

        writer.Finish();
        return new ExportOutcome(frames.Count, tracks.Count, cells);
    }

    /// <summary>Opens and checks what can be checked before anything is written.</summary>
    /// <exception cref="VolumeFormatException">The movie cannot be read, or would be written over.</exception>
    /// <exception cref="OptionsException">A value of the request is out of range.</exception>
    public static TrackedMovie Open(ExportRequest request)
    {
        if (request.MeshStep is { } step && !(step > 0 && double.IsFinite(step)))
            throw new OptionsException("mesh step", $"is {step}; expected a length in µm above 0.");
        if (request.TrackMate.SecondsPerFrame is { } seconds && !(seconds > 0 && double.IsFinite(seconds)))
            throw new OptionsException("interval", $"is {seconds}; expected seconds above 0.");
        if (request.EmbryoName.Length == 0 || request.EmbryoName.IndexOfAny([.. Path.GetInvalidFileNameChars(), '/', '\\']) >= 0)
            throw new OptionsException("name", $"is '{request.EmbryoName}'; expected what a file name can begin with.");
        TrackedMovie movie = TrackedMovie.Open(request.Movie, request.FirstFrame, request.LastFrame);
        string target = Path.GetFullPath(request.Folder);
        string[] sources = [request.Movie, movie.Labels.Path];
        if (sources.Any(source => Path.TrimEndingDirectorySeparator(Path.GetFullPath(source)) == Path.TrimEndingDirectorySeparator(target)))
            throw new VolumeFormatException(request.Folder, "the export would replace the movie; choose another output folder.");
        movie.Labels.RequireOneSize();
        return movie;
    }

    private static IMovieWriter WriterOf(ExportRequest request, TrackedMovie movie) => request.Format switch
    {
        ExportFormat.TrackingChallenge => new TrackingChallengeWriter(request.Folder, movie.Lineage),
        ExportFormat.Astec => new AstecWriter(request.Folder, request.EmbryoName, movie.Lineage),
        ExportFormat.MorphoNet => new MorphoNetWriter(request.Folder, request.EmbryoName, movie.Lineage, request.MeshStep),
        ExportFormat.TrackMate => new TrackMateWriter(request.Folder, request.EmbryoName, movie.Lineage, request.TrackMate),
        ExportFormat.Csv => new MovieTableWriter(request.Folder, movie.Lineage, writeLabels: false),
        ExportFormat.Morula => new MovieTableWriter(request.Folder, movie.Lineage, writeLabels: true),
        _ => throw new ArgumentOutOfRangeException(nameof(request), request.Format, "There is no such layout."),
    };
}
