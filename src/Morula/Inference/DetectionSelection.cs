using Morula.Model;
using Morula.Volumes;

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

    /// <summary>Better score first, then by box, then by class.</summary>
    public static int Compare(Detections first, int one, Detections second, int other)
    {
        int order = second.Scores[other].CompareTo(first.Scores[one]);
        ReadOnlySpan<float> box = first.Box(one);
        ReadOnlySpan<float> otherBox = second.Box(other);
        for (int side = 0; order == 0 && side < box.Length; side++) order = box[side].CompareTo(otherBox[side]);
        return order != 0 ? order : first.Classes[one].CompareTo(second.Classes[other]);
    }

    /// <summary>All detections, one set after the other.</summary>
    /// <param name="sets">Of one rank and one size of masks.</param>
    /// <param name="maskExtent">Sizes of their masks.</param>
    public static Detections Concatenate(IReadOnlyList<Detections> sets, Extent maskExtent) => new(
        maskExtent.Rank,
        Joined(sets, one => one.Boxes),
        Joined(sets, one => one.Scores),
        Joined(sets, one => one.Classes),
        maskExtent,
        Joined(sets, one => one.Masks))
    {
        Events = Joined(sets, one => one.Events),
    };

    /// <summary>The places of the detections, best score first, equal scores in their order.</summary>
    public static int[] ByScore(Detections detections) =>
        [.. Enumerable.Range(0, detections.Count).OrderByDescending(index => detections.Scores[index])];

    private static TNumber[] Joined<TNumber>(IReadOnlyList<Detections> sets, Func<Detections, TNumber[]> part)
    {
        var all = new TNumber[sets.Sum(one => part(one).Length)];
        int start = 0;
        foreach (TNumber[] numbers in sets.Select(part))
        {
            numbers.CopyTo(all, start);
            start += numbers.Length;
        }

        return all;
    }
}
