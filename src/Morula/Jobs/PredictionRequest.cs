using Morula.Formats;

namespace Morula.Jobs;

/// <summary>A prediction that several processes share, as a file that says all they need to know.</summary>
/// <param name="Model">Checkpoint.</param>
/// <param name="Images">Image files; of a movie, the folder or file of its frames.</param>
/// <param name="Folder">Receives the results.</param>
public sealed record PredictionRequest(string Model, IReadOnlyList<string> Images, string Folder)
{
    /// <summary>Whether the images are the frames of a movie.</summary>
    public bool IsMovie { get; init; }

    /// <summary>First frame of a movie; null: its first.</summary>
    public int? FirstFrame { get; init; }

    /// <summary>Last frame of a movie; null: its last.</summary>
    public int? LastFrame { get; init; }

    /// <summary>Options over those of the checkpoint, Section.Key=value.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>Size of the cells of images whose cells differ, µm, by the name of the image.</summary>
    public IReadOnlyDictionary<string, double> Diameters { get; init; } = new Dictionary<string, double>();

    /// <summary>Memory that each process may take, bytes; null: as the options say.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Whether the parts of a movie stay, so that its cells can be linked anew.</summary>
    public bool KeepsParts { get; init; }

    /// <summary>Where the request for a folder lies.</summary>
    public static string PathIn(string folder) => Path.Combine(PartsFolder.In(folder), "request.json");

    /// <summary>Reads a request.</summary>
    /// <exception cref="VolumeFormatException">The file is not there or is no request.</exception>
    public static PredictionRequest Read(string path) => JsonText.Read<PredictionRequest>(path);

    /// <summary>Writes the request with full paths; returns where.</summary>
    public string Save()
    {
        string path = PathIn(Path.GetFullPath(Folder));
        AtomicFile.WriteText(path, JsonText.Of(this with
        {
            Model = Path.GetFullPath(Model),
            Images = [.. Images.Select(Path.GetFullPath)],
            Folder = Path.GetFullPath(Folder),
        }));
        return path;
    }
}
