namespace Morula.Correction;

/// <summary>A cell of one frame becomes two, by a watershed within it from two points.</summary>
/// <param name="Frame">Name of the frame.</param>
/// <param name="Label">The cell; its part around the first point keeps the label.</param>
/// <param name="Seed">First point within the cell: voxel z, y, x of the label volume.</param>
/// <param name="OtherSeed">Second point within the cell.</param>
/// <param name="NewLabel">Label of the part around the second point; no other cell has it.</param>
/// <param name="By">What the flood follows.</param>
public sealed record SplitEdit(string Frame, int Label, int[] Seed, int[] OtherSeed, int NewLabel, SplitRelief By = SplitRelief.Shape) : Edit
{
    internal override bool Changes(FrameOrder frames, string frame) => frames.NumberOf(Frame) == frames.NumberOf(frame);

    internal override PatchStep StepFor(PatchedLabels frame) => frame.Cut(this);

    internal override void Apply(TrackDraft tracks)
    {
        if (Seed.Length != 3 || OtherSeed.Length != 3) throw new EditException("a point has three numbers: z, y, x.");
        tracks.Require(Label, Frame);
        if (NewLabel < 1 || tracks.Contains(NewLabel)) throw new EditException($"the label {NewLabel} is not free.");
        tracks.Begin(NewLabel, Frame);
    }
}
