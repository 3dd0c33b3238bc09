using Morula.Volumes;

namespace Morula.Synthesis;

/// <summary>
/// Gives stray voxels, which rounding to the grid cuts off from their cell, to the cell beside them, so that every label is
/// one piece joined through faces of voxels.
/// </summary>
internal static class Fragments
{
    /// <summary>Mends labels in place.</summary>
    public static void Join(LabelVolume labels)
    {
        IReadOnlyList<LabelledCell> cells = labels.Cells();
        var strays = new List<int>[cells.Count];
        Parallel.For(0, cells.Count, index => strays[index] = Strays(labels, cells[index]));
        int[] rest = [.. strays.SelectMany(list => list).Order()];
        foreach (int voxel in rest) labels.Voxels[voxel] = -1;
        while (rest.Length > 0)
        {
            var given = rest.Select(voxel => (Voxel: voxel, Label: Neighbour(labels, voxel))).ToArray();
            bool stuck = given.All(item => item.Label <= 0);
            foreach (var (voxel, label) in given) labels.Voxels[voxel] = label > 0 ? label : stuck ? 0 : -1;
            rest = stuck ? [] : [.. given.Where(item => item.Label <= 0).Select(item => item.Voxel)];
        }
    }

    /// <summary>Voxels of a cell outside its largest piece.</summary>
    private static List<int> Strays(LabelVolume labels, LabelledCell cell)
    {
        LabelVolume local = labels.Crop(cell.Box);
        var pieces = new List<List<int>>();
        for (int seed = 0; seed < local.Voxels.Length; seed++)
        {
            if (local.Voxels[seed] != cell.Label) continue;
            pieces.Add(Flood(local, seed));
            if (pieces[0].Count == cell.VoxelCount) return [];
        }

        List<int> largest = pieces.MaxBy(piece => piece.Count)!;
        return [.. pieces.Where(piece => piece != largest).SelectMany(piece => piece).Select(voxel => ToWhole(voxel, cell.Box, labels.Extent))];
    }

    /// <summary>Takes a piece out of a local volume and lists its voxels.</summary>
    private static List<int> Flood(LabelVolume local, int seed)
    {
        int label = local.Voxels[seed];
        var piece = new List<int> { seed };
        local.Voxels[seed] = 0;
        for (int next = 0; next < piece.Count; next++)
        {
            foreach (int other in Neighbours(local.Extent, piece[next]))
            {
                if (local.Voxels[other] != label) continue;
                local.Voxels[other] = 0;
                piece.Add(other);
            }
        }

        return piece;
    }

    private static int Neighbour(LabelVolume labels, int voxel)
    {
        foreach (int other in Neighbours(labels.Extent, voxel))
        {
            if (labels.Voxels[other] > 0) return labels.Voxels[other];
        }

        return 0;
    }

    private static int ToWhole(int voxel, Block box, Extent extent)
    {
        long whole = 0;
        long[] local = box.Extent.Strides();
        long[] strides = extent.Strides();
        for (int axis = 0; axis < extent.Rank; axis++)
            whole += (box.Lower[axis] + (voxel / local[axis] % box.Extent[axis])) * strides[axis];
        return (int)whole;
    }

    private static NeighbourList Neighbours(Extent extent, int voxel) => new(extent, voxel);

    /// <summary>Walks the voxels that share a face with one, without allocating.</summary>
    private ref struct NeighbourList(Extent extent, int voxel)
    {
        private readonly ReadOnlySpan<int> sizes = extent.Sizes;
        private readonly int centre = voxel;
        private int axis = extent.Rank;
        private int stride = 1;
        private int rest = voxel;
        private int place;
        private int side = 2;

        public int Current { get; private set; }

        public readonly NeighbourList GetEnumerator() => this;

        public bool MoveNext()
        {
            while (true)
            {
                if (side == 2)
                {
                    if (axis < sizes.Length) stride *= sizes[axis];
                    if (--axis < 0) return false;
                    place = rest % sizes[axis];
                    rest /= sizes[axis];
                    side = 0;
                }

                bool lower = side++ == 0;
                if (lower ? place == 0 : place == sizes[axis] - 1) continue;
                Current = lower ? centre - stride : centre + stride;
                return true;
            }
        }
    }
}
