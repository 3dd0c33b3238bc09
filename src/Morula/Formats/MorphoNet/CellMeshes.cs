using Morula.Volumes;

namespace Morula.Formats;

/// <summary>Smooth closed surfaces of all cells of a frame, on a grid coarse enough for their number.</summary>
/// <param name="labels">Labels Z Y X.</param>
/// <param name="step">Step of the grid, µm; along axes whose voxels are larger it is theirs.</param>
internal sealed class CellMeshes(LabelVolume labels, double step)
{
    private const int Rounds = 10;

    /// <summary>Cells of fewer voxels on a grid are drawn on one of half its step.</summary>
    private const int LeastVoxels = 200;

    private readonly List<(LabelVolume Labels, IReadOnlyDictionary<int, LabelledCell> Cells)> grids = [];

    /// <summary>The step at which a cell of usual size, by the median, is ten voxels across; 1 µm where there is no cell.</summary>
    public static double StepFor(IReadOnlyList<CellProperties> cells)
    {
        const int across = 10;
        if (cells.Count == 0) return 1;
        double[] volumes = [.. cells.Select(cell => cell.Volume).Order()];
        return Math.Cbrt(6 * volumes[volumes.Length / 2] / Math.PI) / across;
    }

    /// <summary>The surface of a cell; places are µm from the centre of the first voxel.</summary>
    public SurfaceMesh Of(int id)
    {
        for (int level = 0; ; level++)
        {
            var (grid, cells) = Grid(level);
            bool isFinest = grid.Extent == labels.Extent;
            if (cells.TryGetValue(id, out LabelledCell cell) && (isFinest || cell.VoxelCount >= LeastVoxels))
                return Smoothing.Apply(InMicrometres(CellSurface.Of(grid, cell), grid.Spacing), Rounds);
            if (isFinest) throw new ArgumentException($"There is no cell {id}.", nameof(id));
        }
    }

    private (LabelVolume Labels, IReadOnlyDictionary<int, LabelledCell> Cells) Grid(int level)
    {
        while (grids.Count <= level)
        {
            double target = step / (1 << grids.Count);
            Extent wanted = labels.Spacing.Regrid(labels.Extent, new Spacing(target, target, target));
            int[] sizes = [.. wanted.Sizes.ToArray().Zip(labels.Extent.Sizes.ToArray(), Math.Min)];
            LabelVolume grid = labels.Resample(new Extent(sizes));
            grids.Add((grid, grid.Cells().ToDictionary(cell => cell.Label)));
        }

        return grids[level];
    }

    // The first voxel's centre lies half a voxel of the image, not of the grid, from the corner.
    private SurfaceMesh InMicrometres(SurfaceMesh mesh, Spacing spacing)
    {
        double[] vertices = [.. mesh.Vertices.Select((place, index) => (place * spacing[index % 3]) - (0.5 * labels.Spacing[index % 3]))];
        return mesh with { Vertices = vertices };
    }
}
