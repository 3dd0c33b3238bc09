using Morula.Correction;

namespace Morula.Viewer;

/// <summary>What the page is told of a result as a whole.</summary>
/// <param name="Name">Name of the result.</param>
/// <param name="Revision">Grows with every change.</param>
/// <param name="IsMovie">Whether the frames follow each other in time.</param>
/// <param name="HasTracks">Whether the tracks are known.</param>
/// <param name="HasImage">Whether images are shown.</param>
/// <param name="HasTruth">Whether true labels are known.</param>
/// <param name="CanEdit">Whether edits can be made.</param>
/// <param name="Frames">The frames.</param>
/// <param name="Tracks">The tracks.</param>
/// <param name="Edits">The edits, as lines of their list.</param>
/// <param name="Notes">What the user should know.</param>
internal sealed record Summary(
    string Name,
    int Revision,
    bool IsMovie,
    bool HasTracks,
    bool HasImage,
    bool HasTruth,
    bool CanEdit,
    IReadOnlyList<Summary.Frame> Frames,
    IReadOnlyList<Summary.TrackLine> Tracks,
    IReadOnlyList<string> Edits,
    IReadOnlyList<string> Notes)
{
    public static Summary Of(SessionState state)
    {
        SegmentedResult result = state.Corrected.Result;
        IReadOnlyDictionary<int, string> names = result.TracksPath is { } path ? TrackNames.Read(path) : new Dictionary<int, string>();
        return new Summary(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(result.Path))),
            state.Revision,
            result.Labels.IsMovie,
            result.TracksPath is not null,
            state.Images is not null,
            state.Truth is not null,
            state.CanEdit,
            [.. state.Frames.Select(frame => new Frame(frame.Number, frame.Name))],
            [.. state.Corrected.Lineage.Tracks.Select(track => new TrackLine(track.Id, track.FirstFrame, track.LastFrame, track.ParentId, names.GetValueOrDefault(track.Id)))],
            [.. state.Corrected.Edits.Select(EditList.Text)],
            [.. state.Notes, .. state.Corrected.Lineage.Repairs]);
    }

    /// <summary>A frame.</summary>
    internal sealed record Frame(int Number, string Name);

    /// <summary>A track.</summary>
    internal sealed record TrackLine(int Id, int First, int Last, int Parent, string? Name);
}
