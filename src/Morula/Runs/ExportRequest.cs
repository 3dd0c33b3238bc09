using Morula.Formats;

namespace Morula.Runs;

/// <summary>What is to be written of a tracked movie.</summary>
/// <param name="Movie">Folder in any layout that <see cref="TrackedMovie.Open"/> knows.</param>
/// <param name="Format">Layout to write.</param>
/// <param name="Folder">Folder to fill, not the movie's own.</param>
public sealed record ExportRequest(string Movie, ExportFormat Format, string Folder)
{
    /// <summary>Name of the embryo, with which files begin; null: that of the movie's folder.</summary>
    public string? Name { get; init; }

    /// <summary>First frame number; null: the first there is.</summary>
    public int? FirstFrame { get; init; }

    /// <summary>Last frame number, included; null: the last there is.</summary>
    public int? LastFrame { get; init; }

    /// <summary>Step of the grid on which MorphoNet's surfaces are drawn, µm, above 0; null: a tenth of a usual cell.</summary>
    public double? MeshStep { get; init; }

    /// <summary>Time and image of a TrackMate file.</summary>
    public TrackMateOptions TrackMate { get; init; } = new();

    /// <summary>The name that files begin with.</summary>
    internal string EmbryoName => Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Movie)));
}
