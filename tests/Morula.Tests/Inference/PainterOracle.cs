using Morula.Inference;
using Morula.Model;
using Morula.Volumes;

namespace Morula.Tests.Inference;

/// <summary>Painting as it is defined: voxel by voxel, mask by mask, corner by corner. Neither drops nor parts.</summary>
internal static class PainterOracle
{
    public static (int[] Labels, double[] Foreground) Paint(Detections scene, Extent working, Extent output, PaintOptions options)
    {
        var owners = new int[output.Count];
        var foreground = new double[output.Count];
        long[] strides = output.Strides();
        for (int voxel = 0; voxel < owners.Length; voxel++)
        {
            var (best, highest) = (0.0, 0.0);
            for (int index = 0; index < scene.Count; index++)
            {
                var place = new double[scene.Rank];
                for (int axis = 0; axis < place.Length; axis++)
                {
                    double scale = (double)output[axis] / working[axis];
                    double lower = scene.Box(index)[axis] * scale;
                    double upper = scene.Box(index)[scene.Rank + axis] * scale;
                    place[axis] = (((voxel / strides[axis] % output[axis]) + 0.5 - lower) / (upper - lower) * scene.MaskExtent[axis]) - 0.5;
                }

                double probability = Probability(scene.Mask(index), scene.MaskExtent, place, options.EdgeBins);
                if (owners[voxel] == 0) highest = Math.Max(highest, probability);
                if (probability < options.Threshold) continue;
                double claim = probability * Math.Pow(scene.Scores[index], options.ScoreWeight);
                if (claim <= best) continue;
                (best, owners[voxel], highest) = (claim, index + 1, probability);
            }

            foreground[voxel] = highest;
        }

        int[] present = [.. owners.Where(owner => owner > 0).Distinct().Order()];
        return ([.. owners.Select(owner => Array.IndexOf(present, owner) + 1)], foreground);
    }

    private static double Probability(ReadOnlySpan<float> mask, Extent bins, double[] place, double edge)
    {
        double sum = 0;
        long[] strides = bins.Strides();
        for (int corner = 0; corner < 1 << bins.Rank; corner++)
        {
            var (weight, bin) = (1.0, 0L);
            for (int axis = 0; axis < bins.Rank && weight > 0; axis++)
            {
                double at = place[axis];
                if (at < 0) at /= edge;
                if (at > bins[axis] - 1) at = bins[axis] - 1 + ((at - bins[axis] + 1) / edge);
                bool second = (corner >> axis & 1) == 1;
                int low = (int)Math.Floor(at);
                weight *= second ? at - low : 1 - (at - low);
                int one = second ? low + 1 : low;
                if (one < 0 || one >= bins[axis]) weight = 0;
                bin += one * strides[axis];
            }

            if (weight > 0) sum += weight * mask[(int)bin];
        }

        return sum;
    }
}
