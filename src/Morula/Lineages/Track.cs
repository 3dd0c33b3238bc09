namespace Morula.Lineages;

/// <summary>One cell of a movie from its birth to its division, its death or the end: a node of the lineage.</summary>
/// <param name="Id">Its label in every frame, from 1.</param>
/// <param name="FirstFrame">First frame in which it is seen.</param>
/// <param name="LastFrame">Last frame in which it is seen, included; between the two it may be missing from a frame.</param>
/// <param name="ParentId">Id of its mother, who ends before it begins; 0 where none is known.</param>
public sealed record Track(int Id, int FirstFrame, int LastFrame, int ParentId)
{
    /// <summary>Number of frames from first to last.</summary>
    public int Length => LastFrame - FirstFrame + 1;

    /// <summary>Whether a frame lies between first and last.</summary>
    public bool Spans(int frame) => FirstFrame <= frame && frame <= LastFrame;
}
