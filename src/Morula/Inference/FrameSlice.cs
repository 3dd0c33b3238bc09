using Morula.Geometry;
using Morula.Model;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>What detections in a clip (T Z Y X) are in one of its frames (Z Y X).</summary>
/// <param name="Cells">The detections that are there, with the masks they have at the middle of the frame.</param>
/// <param name="Places">Of each, its place among the detections of the clip.</param>
internal sealed record FrameSlice(Detections Cells, int[] Places)
{
    /// <summary>Cuts a frame out: who spans its middle is there; between the bins over time a mask changes linearly.</summary>
    /// <param name="clip">Detections whose first axis is time.</param>
    /// <param name="frame">Frame of the clip, from 0.</param>
    /// <param name="overlap">Overlap (IoU) of two boxes in space above which the worse cell is left out of the frame: two cells through time that hardly share time may be one here.</param>
    /// <param name="slack">Frames by which a box may fail to reach the middle of the frame.</param>
    public static FrameSlice Of(Detections clip, int frame, double overlap, double slack = 0)
    {
        double middle = frame + 0.5;
        int[] there = [.. Enumerable.Range(0, clip.Count).Where(index => clip.Box(index)[0] - slack <= middle && middle < clip.Box(index)[clip.Rank] + slack)];
        float[] all = [.. there.SelectMany(index => Space(clip, index))];
        int[] places = [.. Suppression.Keep(all, [.. there.Select(index => clip.Scores[index])], clip.Rank - 1, overlap, there.Length).Select(kept => there[kept])];
        var bins = new Extent(clip.MaskExtent.Sizes[1..]);
        var boxes = new List<float>();
        var masks = new float[places.Length * bins.Count];
        for (int place = 0; place < places.Length; place++)
        {
            ReadOnlySpan<float> box = clip.Box(places[place]);
            boxes.AddRange(Space(clip, places[place]));
            double bin = ((middle - box[0]) * clip.MaskExtent[0] / (box[clip.Rank] - box[0])) - 0.5;
            Blend(clip.Mask(places[place]), bin, masks.AsSpan((int)(place * bins.Count), (int)bins.Count));
        }

        var cells = new Detections(
            clip.Rank - 1, [.. boxes], [.. places.Select(index => clip.Scores[index])], [.. places.Select(index => clip.Classes[index])], bins, masks);
        return new FrameSlice(cells, places);
    }

    private static float[] Space(Detections clip, int index)
    {
        ReadOnlySpan<float> box = clip.Box(index);
        return [.. box[1..clip.Rank], .. box[(clip.Rank + 1)..]];
    }

    private static void Blend(ReadOnlySpan<float> mask, double bin, Span<float> slice)
    {
        int last = (mask.Length / slice.Length) - 1;
        int low = Math.Clamp((int)Math.Floor(bin), 0, last);
        int high = Math.Min(low + 1, last);
        float share = (float)Math.Clamp(bin - low, 0, 1);
        ReadOnlySpan<float> first = mask.Slice(low * slice.Length, slice.Length), second = mask.Slice(high * slice.Length, slice.Length);
        for (int index = 0; index < slice.Length; index++) slice[index] = first[index] + (share * (second[index] - first[index]));
    }
}
