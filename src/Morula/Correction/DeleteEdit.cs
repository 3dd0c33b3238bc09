namespace Morula.Correction;

/// <summary>A cell becomes background.</summary>
/// <param name="Frame">Name of the first frame.</param>
/// <param name="Label">The cell.</param>
/// <param name="Last">Name of the last frame, included; null: the first alone.</param>
public sealed record DeleteEdit(string Frame, int Label, string? Last = null) : Edit
{
    internal override bool Changes(FrameOrder frames, string frame) => frames.IsBetween(Frame, Last, frame);

    internal override PatchStep StepFor(PatchedLabels frame) => new Renaming(Label, 0);

    internal override void Apply(TrackDraft tracks)
    {
        tracks.Require(Label, Frame);
        tracks.Remove(Label, Frame, Last);
    }
}
