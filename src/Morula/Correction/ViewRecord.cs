using Morula.Formats;

namespace Morula.Correction;

/// <summary>Where the images and the true labels of a result lie: what was said of it once and need not be said again.</summary>
/// <param name="Image">Full path of the images; null: not known.</param>
/// <param name="Truth">Full path of the true labels; null: not known.</param>
public sealed record ViewRecord(string? Image, string? Truth)
{
    /// <summary>What is known of a result, from what is said now, else from its record, else from what lies beside it.</summary>
    /// <param name="result">The result.</param>
    /// <param name="image">Path of the images that is said now, or null.</param>
    /// <param name="truth">Path of the true labels that is said now, or null.</param>
    /// <exception cref="VolumeFormatException">The record is damaged.</exception>
    public static ViewRecord Of(SegmentedResult result, string? image = null, string? truth = null)
    {
        ViewRecord known = File.Exists(result.RecordPath) ? JsonText.Read<ViewRecord>(result.RecordPath) : new ViewRecord(null, null);
        return new ViewRecord(Full(image) ?? Present(known.Image) ?? result.ImagesPath, Full(truth) ?? Present(known.Truth));
    }

    /// <summary>Remembers it beside the result.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(SegmentedResult result) => AtomicFile.WriteText(result.RecordPath, JsonText.Of(this));

    private static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);

    private static string? Present(string? path) => path is not null && (VolumeFile.Exists(path) || Directory.Exists(path)) ? path : null;
}
