namespace Morula.Linking;

/// <summary>Settles choices without a solver, by two proofs that lose no optimum.</summary>
internal sealed class ChoiceReduction
{
    private readonly Choice[] choices;
    private readonly List<int>[] users;
    private readonly bool[] isClosed;
    private readonly List<Choice> taken = [];

    private ChoiceReduction(IReadOnlyList<Choice> choices, int places)
    {
        this.choices = [.. choices];
        isClosed = new bool[choices.Count];
        users = new List<int>[places];
        for (int index = 0; index < choices.Count; index++)
        {
            foreach (int place in choices[index].Places) (users[place] ??= []).Add(index);
        }
    }

    /// <summary>Choices that are in a best solution.</summary>
    public IReadOnlyList<Choice> Taken => taken;

    /// <summary>Choices still to be made among.</summary>
    public IReadOnlyList<Choice> Open => [.. choices.Where((_, index) => !isClosed[index])];

    /// <summary>Reduces as far as the proofs go.</summary>
    /// <param name="choices">All choices.</param>
    /// <param name="places">Number of places.</param>
    public static ChoiceReduction Of(IReadOnlyList<Choice> choices, int places)
    {
        var reduction = new ChoiceReduction(choices, places);
        reduction.DropDominated();
        while (reduction.TakeSure())
        {
        }

        return reduction;
    }

    // A choice that uses up all that another one does, and more, for no larger gain is never needed.
    private void DropDominated()
    {
        for (int index = 0; index < choices.Length; index++)
        {
            Choice choice = choices[index];
            isClosed[index] = users[choice.Places[0]].Any(other => choices[other].Gain <= choice.Gain
                && choices[other].Places.Length < choice.Places.Length && choices[other].Places.All(choice.Places.Contains));
        }
    }

    // A choice that gains at least what the best others of its places gain together can replace them in any solution.
    private bool TakeSure()
    {
        bool found = false;
        for (int index = 0; index < choices.Length; index++)
        {
            if (isClosed[index] || choices[index].Gain > choices[index].Places.Sum(place => BestOther(place, index))) continue;
            taken.Add(choices[index]);
            foreach (int user in choices[index].Places.SelectMany(place => users[place])) isClosed[user] = true;
            found = true;
        }

        return found;
    }

    private double BestOther(int place, int index)
    {
        double best = 0;
        foreach (int user in users[place])
        {
            if (user != index && !isClosed[user]) best = Math.Min(best, choices[user].Gain);
        }

        return best;
    }
}
