namespace Morula.Correction;

/// <summary>A track loses its mother.</summary>
/// <param name="Daughter">Track with a mother.</param>
public sealed record UnlinkEdit(int Daughter) : Edit
{
    internal override void Apply(TrackDraft tracks) => tracks.Unlink(Daughter);
}
