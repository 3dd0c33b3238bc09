using Morula.Volumes;

namespace Morula.Tests.Layers;

/// <summary>RoIAlign as it is defined: every sample interpolated between its 2^D neighbours, every bin the mean of its samples.</summary>
internal static class NaiveRoiAlign
{
    public static float[] Pool(float[] map, long[] shape, float[] boxes, int[] imageIndex, double[] scale, Extent bins, int samples)
    {
        int rank = bins.Rank;
        var extent = new Extent([.. shape[2..].Select(size => (int)size)]);
        var pooled = new List<float>();
        for (int roi = 0; roi < imageIndex.Length; roi++)
        {
            for (int channel = 0; channel < shape[1]; channel++)
            {
                ReadOnlySpan<float> voxels = map.AsSpan((int)(((imageIndex[roi] * shape[1]) + channel) * extent.Count), (int)extent.Count);
                foreach (Block bin in bins.Split(Extent.Cube(rank, 1)))
                {
                    double sum = 0;
                    foreach (Block sample in Extent.Cube(rank, samples).Split(Extent.Cube(rank, 1)))
                    {
                        var place = new double[rank];
                        for (int axis = 0; axis < rank; axis++)
                        {
                            double lower = boxes[(roi * 2 * rank) + axis] * scale[axis], upper = boxes[(roi * 2 * rank) + rank + axis] * scale[axis];
                            double within = (bin.Lower[axis] + ((sample.Lower[axis] + 0.5) / samples)) / bins[axis];
                            place[axis] = lower + (within * (upper - lower)) - 0.5;
                        }

                        sum += Read(voxels, extent, place);
                    }

                    pooled.Add((float)(sum / Math.Pow(samples, rank)));
                }
            }
        }

        return [.. pooled];
    }

    private static double Read(ReadOnlySpan<float> voxels, Extent extent, double[] place)
    {
        long[] strides = extent.Strides();
        double sum = 0;
        for (int corner = 0; corner < 1 << extent.Rank; corner++)
        {
            double weight = 1;
            long offset = 0;
            for (int axis = 0; axis < extent.Rank; axis++)
            {
                if (place[axis] < -1 || place[axis] > extent[axis]) return 0;
                double clamped = Math.Clamp(place[axis], 0, extent[axis] - 1);
                var low = (int)Math.Floor(clamped);
                bool high = ((corner >> axis) & 1) != 0;
                weight *= high ? clamped - low : 1 - (clamped - low);
                offset += Math.Min(low + (high ? 1 : 0), extent[axis] - 1) * strides[axis];
            }

            sum += weight * voxels[(int)offset];
        }

        return sum;
    }
}
