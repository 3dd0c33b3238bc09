namespace Morula.Reports;

/// <summary>One line of a <see cref="CurveFigure"/>.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="X">Positions.</param>
/// <param name="Y">One value per position; where it is not finite the line has a gap.</param>
public sealed record CurveSeries(string Name, double[] X, double[] Y);
