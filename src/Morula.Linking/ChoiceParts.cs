namespace Morula.Linking;

/// <summary>Splits choices into parts that share no place, so that each part can be solved by itself.</summary>
internal static class ChoiceParts
{
    /// <summary>The parts, in the order of their first choice.</summary>
    /// <param name="choices">The choices.</param>
    /// <param name="places">Number of places.</param>
    public static IEnumerable<Choice[]> Split(IReadOnlyList<Choice> choices, int places)
    {
        int[] leader = [.. Enumerable.Range(0, places)];
        foreach (Choice choice in choices)
        {
            foreach (int place in choice.Places) leader[Leader(place)] = Leader(choice.Places[0]);
        }

        return choices.GroupBy(choice => Leader(choice.Places[0])).Select(part => part.ToArray());

        int Leader(int place)
        {
            while (leader[place] != place) place = leader[place] = leader[leader[place]];
            return place;
        }
    }
}
