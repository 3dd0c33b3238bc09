using Morula.Evaluation;
using Morula.Volumes;

namespace Morula.Tests.Evaluation;

/// <summary>Which cells are not as they should be, by the sentences that define it, voxel by voxel.</summary>
internal static class SlowWorst
{
    public static IEnumerable<(bool IsTrue, int Label, CellFault? Fault)> Of(LabelVolume truth, LabelVolume found)
    {
        int[] truths = Slow.Names(truth), founds = Slow.Names(found);
        foreach (int one in truths)
        {
            bool isMerged = founds.Any(other => Holds(one, other) && truths.Count(another => Holds(another, other)) > 1);
            bool isSplit = founds.Count(other => Lies(one, other)) > 1;
            bool isHeld = founds.Any(other => Holds(one, other));
            if (isMerged) continue;
            if (isSplit) yield return (true, one, CellFault.Split);
            else if (!isHeld) yield return (true, one, CellFault.Missed);
            else if (Overlap(truth, found, true, one) < 0.75) yield return (true, one, null);
        }

        foreach (int other in founds)
        {
            int held = truths.Count(one => Holds(one, other));
            if (held > 1) yield return (false, other, CellFault.Merged);
            else if (held == 0 && !truths.Any(one => Lies(one, other))) yield return (false, other, CellFault.Extra);
        }

        bool Holds(int one, int other) => 2 * Slow.Shared(truth, found, one, other) > Slow.Size(truth, one);

        bool Lies(int one, int other) => 2 * Slow.Shared(truth, found, one, other) > Slow.Size(found, other);
    }

    public static double Overlap(LabelVolume truth, LabelVolume found, bool isTrue, int label) => Slow.Names(isTrue ? found : truth)
        .Select(other => isTrue ? (One: label, Other: other) : (One: other, Other: label))
        .Select(pair => (double)Slow.Shared(truth, found, pair.One, pair.Other) / (Slow.Size(truth, pair.One) + Slow.Size(found, pair.Other) - Slow.Shared(truth, found, pair.One, pair.Other)))
        .DefaultIfEmpty(0).Max();
}
