namespace Morula.Tracking;

/// <summary>A cell of a <see cref="LinkProblem"/>: what it costs to do without links.</summary>
/// <param name="Appearance">Cost where nothing leads to it, at least 0.</param>
/// <param name="Disappearance">Cost where it leads to nothing, at least 0.</param>
/// <param name="Dismissal">Cost of taking it for no cell, which then neither appears nor disappears; infinite where it is one for sure.</param>
public readonly record struct LinkCell(double Appearance, double Disappearance, double Dismissal);
