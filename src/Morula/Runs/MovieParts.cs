using System.Globalization;
using System.Text;
using Morula.Formats;
using Morula.Inference;
using Morula.Options;
using Morula.Tracking;

namespace Morula.Runs;

/// <summary>What is known of a movie before its cells are linked, as files: it is written as it goes, and a run that was stopped goes on behind it.</summary>
/// <param name="folder">Of the results.</param>
internal sealed class MovieParts(string folder)
{
    private readonly string root = PartsFolder.In(folder);

    /// <summary>Folder of the label volumes of single frames, NAME.tif, whose labels do not agree from frame to frame yet.</summary>
    public string Frames => PartsFolder.FramesIn(folder);

    /// <summary>Files of a frame.</summary>
    public PredictionFiles OfFrame(string name) => PredictionFiles.In(Frames, name);

    /// <summary>Whether a window of frames is done: its kept frames, and what the network saw through time.</summary>
    public bool IsDone(MovieWindow window, FrameSequence movie) =>
        window.Kept.All(frame => OfFrame(movie.NameOf(frame)).Exist) && File.Exists(SeenPath(window, movie)) && File.Exists(EventPath(window, movie));

    /// <summary>Notes what the parts are made with, or checks that it is still the same.</summary>
    /// <exception cref="OptionsException">The folder holds parts of another movie, network or other options.</exception>
    public void Enter(string record) => PartsRecord.Enter(root, record);

    /// <summary>Folder of what a large frame leaves between stages.</summary>
    public string OfLargeFrame(string name) => Path.Combine(root, "large", name);

    /// <summary>Writes a frame: its labels last, so that a frame whose labels are there is complete.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cells">Its cells.</param>
    /// <param name="quality">What is foretold of them.</param>
    public void Write(string name, Prediction cells, QualityOptions quality)
    {
        PredictionFiles files = OfFrame(name);
        CellTableFile.Save(cells.Measure(quality), files.Cells);
        VolumeFile.Write(files.Labels, cells.Labels);
    }

    /// <summary>Writes what the network saw in a window.</summary>
    public void Write(WindowPrediction window, FrameSequence movie)
    {
        var text = new StringBuilder("label,score,born,divides\n");
        for (int cell = 0; cell < window.Found.Count; cell++)
            text.Append(CultureInfo.InvariantCulture, $"{cell + 1},{window.Found.Scores[cell]:0.#####},{window.Found.Events[2 * cell]:0.#####},{window.Found.Events[(2 * cell) + 1]:0.#####}\n");
        AtomicFile.WriteText(EventPath(window.Window, movie), text.ToString());
        VolumeFile.Write(SeenPath(window.Window, movie), window.Seen);
    }

    /// <summary>The score of every label of a frame.</summary>
    public IEnumerable<(int Label, double Score)> Scores(string name)
    {
        CommaTable table = CommaTable.Read(OfFrame(name).Cells);
        var (id, score) = (table.Column("id"), table.Column("score"));
        return table.Lines.Select(line => (int.Parse(line.Values[id], CultureInfo.InvariantCulture), double.Parse(line.Values[score], CultureInfo.InvariantCulture)));
    }

    /// <summary>Reads what the network saw in a window.</summary>
    public SeenWindow Read(MovieWindow window, FrameSequence movie)
    {
        string path = EventPath(window, movie);
        CommaTable table = CommaTable.Read(path);
        var (born, divides) = (table.Column("born"), table.Column("divides"));
        return new SeenWindow(window.Frames, VolumeFile.ReadLabels(SeenPath(window, movie), rank: 4), Numbers(table, born), Numbers(table, divides));
    }

    /// <summary>Links the cells of the frames and writes the movie into the folder: labels/, cells/ and tracks.csv.</summary>
    /// <param name="movie">The frames, whose parts are all there.</param>
    /// <param name="options">What links cost.</param>
    /// <param name="solver">Chooses the links.</param>
    /// <param name="evidence">What is known of single cells.</param>
    /// <param name="progress">Share done, in [0, 1].</param>
    /// <param name="cancellation">Stops between frames.</param>
    public LinkOutcome Link(
        FrameSequence movie, LinkOptions options, ILinkSolver solver, LinkEvidence evidence, IProgress<double>? progress, CancellationToken cancellation)
    {
        LinkOutcome linked = LinkRun.Run(FrameSequence.Open(Frames), folder, options, solver, evidence, progress, cancellation);
        for (int frame = 0; frame < movie.Count; frame++)
            RenamedCells.Write(OfFrame(movie.NameOf(frame)).Cells, MovieFiles.In(folder, movie.NameOf(frame)).Cells, linked.Ids[frame]);
        return linked;
    }

    /// <summary>Removes all parts.</summary>
    public void Delete() => Directory.Delete(root, recursive: true);

    private static double[] Numbers(CommaTable table, int column) => [.. table.Lines.Select(line => double.Parse(line.Values[column], CultureInfo.InvariantCulture))];

    private string SeenPath(MovieWindow window, FrameSequence movie) => Path.Combine(root, "windows", $"{movie.NameOf(window.Kept[0])}.tif");

    private string EventPath(MovieWindow window, FrameSequence movie) => Path.Combine(root, "windows", $"{movie.NameOf(window.Kept[0])}.csv");
}
