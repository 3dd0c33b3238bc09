namespace Morula.Synthesis;

/// <summary>One cell of a movie from its birth to its division or the end: a node of the true lineage.</summary>
/// <param name="Id">Its label in every frame, from 1.</param>
/// <param name="FirstFrame">First frame, from 0.</param>
/// <param name="LastFrame">Last frame, included.</param>
/// <param name="ParentId">Id of its mother, whose last frame is the one before; 0 for a cell of the first frame.</param>
public sealed record SceneTrack(int Id, int FirstFrame, int LastFrame, int ParentId);
