namespace Morula.Correction;

/// <summary>A cell becomes part of another; where that one is missing from a frame, the cell takes its label.</summary>
/// <param name="Frame">Name of the first frame.</param>
/// <param name="Label">The cell that goes.</param>
/// <param name="Into">The cell that stays.</param>
/// <param name="Last">Name of the last frame, included; null: the first alone.</param>
public sealed record MergeEdit(string Frame, int Label, int Into, string? Last = null) : Edit
{
    internal override bool Changes(FrameOrder frames, string frame) => frames.IsBetween(Frame, Last, frame);

    internal override PatchStep StepFor(PatchedLabels frame) => new Renaming(Label, Into);

    internal override void Apply(TrackDraft tracks)
    {
        if (Label == Into || Label < 1 || Into < 1) throw new EditException($"cell {Label} cannot be merged into cell {Into}.");
        tracks.Require(Label, Frame);
        tracks.Move(Label, Into, Frame, Last);
    }
}
