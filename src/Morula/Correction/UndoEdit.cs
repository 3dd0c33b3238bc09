namespace Morula.Correction;

/// <summary>Takes back the last edit that is not taken back yet.</summary>
public sealed record UndoEdit : Edit
{
    internal override void Apply(TrackDraft tracks) => throw new InvalidOperationException("An edit that takes back another is resolved before edits are applied.");
}
