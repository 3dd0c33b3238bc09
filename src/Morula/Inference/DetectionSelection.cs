using Morula.Model;

namespace Morula.Inference;

/// <summary>Chooses and moves detections.</summary>
internal static class DetectionSelection
{
    /// <summary>The detections at these places, in this order.</summary>
    public static Detections Take(Detections from, IReadOnlyList<int> indices)
    {
        int sides = 2 * from.Rank;
        int bins = (int)from.MaskExtent.Count;
        var boxes = new float[indices.Count * sides];
        var masks = new float[indices.Count * bins];
        for (int place = 0; place < indices.Count; place++)
        {
            from.Box(indices[place]).CopyTo(boxes.AsSpan(place * sides));
            from.Mask(indices[place]).CopyTo(masks.AsSpan(place * bins));
        }

        return new Detections(
            from.Rank, boxes, [.. indices.Select(index => from.Scores[index])], [.. indices.Select(index => from.Classes[index])], from.MaskExtent, masks)
        {
            Events = from.Events.Length == 0 ? [] : [.. indices.SelectMany(index => from.Events.AsSpan(2 * index, 2).ToArray())],
        };
    }

    /// <summary>The places of the detections, best score first, equal scores in their order.</summary>
    public static int[] ByScore(Detections detections) =>
        [.. Enumerable.Range(0, detections.Count).OrderByDescending(index => detections.Scores[index])];
}
