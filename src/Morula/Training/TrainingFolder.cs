namespace Morula.Training;

/// <summary>Where the results of a training lie.</summary>
/// <param name="Path">Folder of the run.</param>
public sealed record TrainingFolder(string Path)
{
    /// <summary>Checkpoint with the best validation score; absent before the first validation.</summary>
    public string Best => System.IO.Path.Combine(Path, "best.safetensors");

    /// <summary>Newest checkpoint, from which training resumes; there from the start.</summary>
    public string Last => System.IO.Path.Combine(Path, "last.safetensors");

    /// <summary>The options, whole, as JSON.</summary>
    public string Options => System.IO.Path.Combine(Path, "options.json");

    /// <summary>Page with curves and options.</summary>
    public string Report => System.IO.Path.Combine(Path, "report.html");
}
