namespace Morula.Tracking;

/// <summary>Finds the cheapest choice of links. An interface, since the solver is large and lives in a project of its own.</summary>
public interface ILinkSolver
{
    /// <summary>Solves a problem: the same problem has the same solution.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="cancellation">Stops between parts of it.</param>
    LinkSolution Solve(LinkProblem problem, CancellationToken cancellation = default);
}
