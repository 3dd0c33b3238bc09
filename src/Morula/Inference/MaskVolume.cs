using Morula.Model;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>How large a detection is, as its own mask tells: it depends neither on its neighbours nor on how an image is cut into blocks.</summary>
internal static class MaskVolume
{
    /// <summary>Voxels of the grid of its box (at rank 4: in the mean of the frames that the box spans) whose probability reaches a threshold.</summary>
    /// <param name="found">Detections.</param>
    /// <param name="index">One of them.</param>
    /// <param name="threshold">In [0, 1].</param>
    public static double Of(Detections found, int index, double threshold)
    {
        ReadOnlySpan<float> mask = found.Mask(index), box = found.Box(index);
        int inside = 0;
        foreach (float probability in mask)
            if (probability >= threshold) inside++;
        double volume = (double)inside / mask.Length;
        for (int axis = SpatialAxes.First(found.Rank); axis < found.Rank; axis++) volume *= Math.Max(0, (double)box[found.Rank + axis] - box[axis]);
        return volume;
    }

    /// <summary>The detections that are as large as the options ask for.</summary>
    public static Detections Keep(Detections found, InferenceOptions options)
    {
        if (options.MinimumWorkingVoxels == 0) return found;
        int[] kept = [.. Enumerable.Range(0, found.Count).Where(index => Of(found, index, options.MaskThreshold) >= options.MinimumWorkingVoxels)];
        return kept.Length == found.Count ? found : DetectionSelection.Take(found, kept);
    }
}
