namespace Morula.Matching;

/// <summary>Draws the candidates that a loss is computed on, so that rare cells are not drowned by background.</summary>
public static class BalancedSampler
{
    /// <summary>
    /// Draws up to <paramref name="count"/> candidates without repetition: at most the share of positives, the rest negatives.
    /// Ignored candidates are never drawn.
    /// </summary>
    /// <param name="matches">Per candidate: a truth's index, <see cref="Matcher.Negative"/> or <see cref="Matcher.Ignored"/>.</param>
    /// <param name="count">Number of candidates wanted; fewer come when there are fewer.</param>
    /// <param name="positiveShare">Largest share of positives, in [0, 1].</param>
    /// <param name="random">Source of chance.</param>
    /// <returns>Indices of the candidates drawn, ascending.</returns>
    public static (int[] Positive, int[] Negative) Sample(ReadOnlySpan<int> matches, int count, double positiveShare, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(positiveShare is >= 0 and <= 1, true, nameof(positiveShare));
        var positive = new List<int>();
        var negative = new List<int>();
        for (int index = 0; index < matches.Length; index++)
        {
            if (matches[index] >= 0) positive.Add(index);
            else if (matches[index] == Matcher.Negative) negative.Add(index);
        }

        int positives = Math.Min(positive.Count, (int)(count * positiveShare));
        int negatives = Math.Min(negative.Count, count - positives);
        return (Draw(positive, positives, random), Draw(negative, negatives, random));
    }

    // The first steps of a Fisher-Yates shuffle.
    private static int[] Draw(List<int> from, int count, Random random)
    {
        for (int place = 0; place < count; place++)
        {
            int chosen = random.Next(place, from.Count);
            (from[place], from[chosen]) = (from[chosen], from[place]);
        }

        int[] drawn = [.. from.GetRange(0, count)];
        Array.Sort(drawn);
        return drawn;
    }
}
