using Morula.Volumes;

namespace Morula.Reports;

/// <summary>Cuts planes through the middle of images: rank 2 from rank 2, 3 or 4 (the middle frame).</summary>
/// <param name="Rows">Axis of the picture's rows.</param>
/// <param name="Columns">Axis of the picture's columns.</param>
internal readonly record struct PlaneCut(Axis Rows, Axis Columns)
{
    /// <summary>As seen by the camera.</summary>
    public static readonly PlaneCut Front = new(Axis.Y, Axis.X);

    /// <summary>The planes that an image of this rank has.</summary>
    public static IReadOnlyList<PlaneCut> Of(int rank)
    {
        if (rank is < 2 or > 4) throw new ArgumentException($"A picture is cut from an image of rank 2, 3 or 4, not {rank}.", nameof(rank));
        return rank == 2 ? [Front] : [Front, new PlaneCut(Axis.Z, Axis.X), new PlaneCut(Axis.Y, Axis.Z)];
    }

    /// <summary>Name such as "Y X".</summary>
    public string Name => $"{Rows} {Columns}";

    public Volume From(Volume image) => new(Sizes(image.Extent), Steps(image.Spacing), Turn(image.Crop(Middle(image.Extent))));

    public LabelVolume From(LabelVolume labels) => new(Sizes(labels.Extent), Steps(labels.Spacing), Turn(labels.Crop(Middle(labels.Extent))));

    /// <summary>The part of an image that the cut shows.</summary>
    public Block Middle(Extent extent)
    {
        var lower = new int[extent.Rank];
        var upper = extent.Sizes.ToArray();
        for (int axis = 0; axis < extent.Rank; axis++)
        {
            if (axis == Index(Rows, extent.Rank) || axis == Index(Columns, extent.Rank)) continue;
            lower[axis] = extent[axis] / 2;
            upper[axis] = lower[axis] + 1;
        }

        return new Block(lower, upper);
    }

    /// <summary>Which axes of an image of some rank the rows and the columns of the picture follow.</summary>
    public (int Rows, int Columns) Axes(int rank) => (Index(Rows, rank), Index(Columns, rank));

    // Axes of an image of rank D are the last D of T Z Y X.
    private static int Index(Axis axis, int rank) => (int)axis - (4 - rank);

    private Extent Sizes(Extent extent) => new(extent[Index(Rows, extent.Rank)], extent[Index(Columns, extent.Rank)]);

    private Spacing Steps(Spacing spacing) => new(spacing[Index(Rows, spacing.Rank)], spacing[Index(Columns, spacing.Rank)]);

    // A cut holds its two axes in memory order; the picture may want them the other way round.
    private TVoxel[] Turn<TVoxel>(Grid<TVoxel> cut)
        where TVoxel : unmanaged
    {
        if (Rows < Columns) return cut.Voxels;
        int columns = cut.Extent[Index(Columns, cut.Rank)];
        int rows = cut.Extent[Index(Rows, cut.Rank)];
        var turned = new TVoxel[cut.Voxels.Length];
        for (int index = 0; index < turned.Length; index++) turned[(index % rows * columns) + (index / rows)] = cut.Voxels[index];
        return turned;
    }
}
