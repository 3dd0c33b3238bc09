namespace Morula.Correction;

/// <summary>A track becomes the daughter of another.</summary>
/// <param name="Mother">Track that ends before the daughter begins.</param>
/// <param name="Daughter">Track of the daughter; a mother that she had is forgotten.</param>
public sealed record LinkEdit(int Mother, int Daughter) : Edit
{
    internal override void Apply(TrackDraft tracks) => tracks.Link(Mother, Daughter);
}
