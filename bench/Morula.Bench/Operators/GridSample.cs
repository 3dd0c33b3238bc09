using Morula.Geometry;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Bench.Operators;

/// <summary>RoIAlign at rank 3 with one sample a bin, by the tensor library's grid_sample.</summary>
internal static class GridSample
{
    /// <summary>Pools [1, C, Z, Y, X] to [R, C, bins, bins, bins]; boxes [R, 6] in voxels of the map.</summary>
    public static Tensor Pool(Tensor map, Boxes boxes, int bins)
    {
        using var scope = NewDisposeScope();
        long rois = boxes.Count;
        float[] middles = [.. Enumerable.Range(0, bins).Select(bin => (bin + 0.5f) / bins)];
        Tensor middle = tensor(middles);                                                                       // [B]
        using Scalar one = 1f;
        var places = new Tensor[3];
        for (int axis = 0; axis < 3; axis++)
        {
            // grid_sample calls the outer sides of the map -1 and 1.
            Tensor place = boxes.Lower.select(1, axis).unsqueeze(1) + (boxes.Size.select(1, axis).unsqueeze(1) * middle);
            long[] along = [rois, 1, 1, 1];
            along[axis + 1] = bins;
            // It wants the fastest axis first.
            using Scalar step = 2f / map.shape[axis + 2];
            places[2 - axis] = ((place * step) - one).reshape(along).expand(rois, bins, bins, bins);
        }

        Tensor grid = stack(places, -1).reshape(1, rois * bins, bins, bins, 3);
        Tensor pooled = nn.functional.grid_sample(map, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false);
        return pooled.reshape(map.shape[1], rois, bins, bins, bins).transpose(0, 1).contiguous().MoveToOuterDisposeScope();
    }
}
