namespace Morula.Comparison;

/// <summary>Where one process of a comparison stands.</summary>
/// <param name="Share">Share done, in [0, 1].</param>
/// <param name="Text">The same in words, such as step 12/400.</param>
/// <param name="Message">Something worth a line of its own, else null.</param>
public sealed record MemberProgress(double Share, string Text, string? Message = null);
