using Morula.Tracking;

namespace Morula.Linking;

/// <summary>
/// Something that can be chosen or not. Without any choice every cell appears and disappears; a choice changes the cost by its gain and uses
/// up places: the origins and fates of its cells, of which each can be used once.
/// </summary>
/// <param name="Kind">What it decides.</param>
/// <param name="Index">Its index in the problem.</param>
/// <param name="Gain">Change of cost; below 0, or it is never worth choosing.</param>
/// <param name="Places">Places that it uses: twice the index of a cell for its fate, one more for its origin.</param>
internal sealed record Choice(ChoiceKind Kind, int Index, double Gain, int[] Places)
{
    /// <summary>The choices of a problem that are worth choosing.</summary>
    public static IReadOnlyList<Choice> All(LinkProblem problem)
    {
        var choices = new List<Choice>();
        for (int index = 0; index < problem.Arcs.Count; index++)
        {
            LinkArc arc = problem.Arcs[index];
            Add(ChoiceKind.Link, index, arc.Cost, [Fate(arc.From), Origin(arc.To)]);
        }

        for (int index = 0; index < problem.Divisions.Count; index++)
        {
            LinkDivision one = problem.Divisions[index];
            Add(ChoiceKind.Division, index, one.Cost, [Fate(one.Mother), Origin(one.First), Origin(one.Second)]);
        }

        for (int index = 0; index < problem.Cells.Count; index++)
            Add(ChoiceKind.Dismissal, index, problem.Cells[index].Dismissal, [Fate(index), Origin(index)]);
        return choices;

        void Add(ChoiceKind kind, int index, double cost, int[] places)
        {
            double saved = places.Sum(place => IsOrigin(place) ? problem.Cells[place / 2].Appearance : problem.Cells[place / 2].Disappearance);
            if (cost < saved) choices.Add(new Choice(kind, index, cost - saved, places));
        }
    }

    private static int Fate(int cell) => 2 * cell;

    private static int Origin(int cell) => (2 * cell) + 1;

    private static bool IsOrigin(int place) => place % 2 == 1;
}
