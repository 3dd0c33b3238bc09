namespace Morula.Fitting;

/// <summary>A cell that a survey has met.</summary>
/// <param name="Sizes">Of its box along the axes of space, in µm (voxels where the files state no spacing).</param>
/// <param name="Centre">Of its box along the axes of space, in µm from the image's origin.</param>
/// <param name="FirstFrame">First frame it is in; 0 without time.</param>
/// <param name="LastFrame">Last frame it is in.</param>
/// <param name="TouchesBorder">Whether the image's border in space may cut it.</param>
internal sealed record SurveyedCell(double[] Sizes, double[] Centre, int FirstFrame, int LastFrame, bool TouchesBorder);
