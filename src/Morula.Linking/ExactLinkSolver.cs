using Morula.Tracking;

namespace Morula.Linking;

/// <summary>
/// Solves problems of linking exactly. What cannot be part of the best choice, or must be, is settled by proof; the rest falls into
/// parts that share no cell, each a small integer program. Same problem, same solution, on any number of threads.
/// </summary>
public sealed class ExactLinkSolver : ILinkSolver
{
    /// <inheritdoc/>
    public LinkSolution Solve(LinkProblem problem, CancellationToken cancellation = default)
    {
        ChoiceReduction reduced = ChoiceReduction.Of(Choice.All(problem), 2 * problem.Cells.Count);
        Choice[][] parts = [.. ChoiceParts.Split(reduced.Open, 2 * problem.Cells.Count)];
        var chosen = new IReadOnlyList<Choice>[parts.Length];
        Parallel.For(0, parts.Length, new ParallelOptions { CancellationToken = cancellation }, part => chosen[part] = ChoiceProgram.Solve(parts[part]));
        Choice[] all = [.. reduced.Taken, .. chosen.SelectMany(part => part)];
        return new LinkSolution(Indices(all, ChoiceKind.Link), Indices(all, ChoiceKind.Division), Indices(all, ChoiceKind.Dismissal));
    }

    private static int[] Indices(Choice[] chosen, ChoiceKind kind) => [.. chosen.Where(choice => choice.Kind == kind).Select(choice => choice.Index).Order()];
}
