using Morula.Volumes;

namespace Morula.Fitting;

/// <summary>Counts the cells that crops hold.</summary>
internal static class CropCount
{
    /// <summary>For every surveyed cell, the number of cells whose centre lies in the crop around it, moved into the image where it would reach outside.</summary>
    /// <param name="survey">Cells and images.</param>
    /// <param name="grid">Their working grid.</param>
    /// <param name="crop">Sizes per axis, in voxels of the grid.</param>
    public static IReadOnlyList<double> Of(Survey survey, WorkingGrid grid, int[] crop)
    {
        int[] space = crop[SpatialAxes.First(crop.Length)..];
        int frames = crop.Length > space.Length ? crop[0] : 1;
        var counts = new List<double>();
        foreach (SurveyedImage image in survey.Images)
        {
            IReadOnlyList<double[]> centres = grid.Centres(image);
            int[] size = grid.SpaceOf(image);
            for (int cell = 0; cell < centres.Count; cell++)
            {
                double[] lower = [.. space.Select((side, axis) => Math.Clamp(centres[cell][axis] - (side / 2.0), 0, Math.Max(0, size[axis] - side)))];
                int start = (image.Cells[cell].FirstFrame + image.Cells[cell].LastFrame - frames + 1) / 2;
                counts.Add(Enumerable.Range(0, centres.Count).Count(other => Holds(lower, space, centres[other])
                    && image.Cells[other].FirstFrame < start + frames && image.Cells[other].LastFrame >= start));
            }
        }

        return counts;
    }

    private static bool Holds(double[] lower, int[] sides, double[] centre)
    {
        for (int axis = 0; axis < sides.Length; axis++)
            if (centre[axis] < lower[axis] || centre[axis] >= lower[axis] + sides[axis]) return false;
        return true;
    }
}
