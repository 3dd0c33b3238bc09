namespace Morula.Correction;

/// <summary>What became of a correction.</summary>
/// <param name="Frames">Frames written.</param>
/// <param name="Changed">Frames whose labels the edits changed.</param>
/// <param name="Edits">Edits applied.</param>
/// <param name="HasImages">Whether images were written beside the labels.</param>
/// <param name="Repairs">Mothers that count as unknown, since they are seen beside their daughters; one line each.</param>
public sealed record CorrectionOutcome(int Frames, int Changed, int Edits, bool HasImages, IReadOnlyList<string> Repairs);
