using Morula.Tracking;

namespace Morula.Tests.Linking;

/// <summary>Problems drawn by chance.</summary>
internal static class RandomProblem
{
    /// <summary>Frames of cells with links to the next frame and over one, and divisions.</summary>
    public static LinkProblem Draw(Random random, int frames, int perFrame, int arcs, int divisions, bool dismissals)
    {
        int count = frames * perFrame;
        LinkCell[] cells = [.. Enumerable.Range(0, count).Select(_ => new LinkCell(
            Cost(0, 8), Cost(0, 8), dismissals && random.Next(3) == 0 ? Cost(-4, 8) : double.PositiveInfinity))];
        var links = new HashSet<(int, int)>();
        while (links.Count < arcs)
        {
            int from = random.Next(count - perFrame);
            links.Add((from, Later(from)));
        }

        var splits = new HashSet<(int, int, int)>();
        while (splits.Count < divisions)
        {
            int mother = random.Next(count - perFrame);
            var (one, other) = (Later(mother), Later(mother));
            if (one < other) splits.Add((mother, one, other));
        }

        return new LinkProblem(
            cells, [.. links.Select(link => new LinkArc(link.Item1, link.Item2, Cost(0, 12)))],
            [.. splits.Select(one => new LinkDivision(one.Item1, one.Item2, one.Item3, Cost(0, 16)))]);

        int Later(int from)
        {
            int frame = Math.Min(frames - 1, (from / perFrame) + 1 + (random.Next(4) == 0 ? 1 : 0));
            return (frame * perFrame) + random.Next(perFrame);
        }

        // Whole numbers, so that there are ties.
        double Cost(int least, int most) => random.Next(least, most + 1);
    }
}
