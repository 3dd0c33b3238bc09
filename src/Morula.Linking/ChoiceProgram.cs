using Google.OrTools.LinearSolver;

namespace Morula.Linking;

/// <summary>
/// The best choice of a part as an integer program. Its linear relaxation nearly always has whole numbers already, for links alone it
/// must (assignment); only where it has not is the integer program solved.
/// </summary>
internal static class ChoiceProgram
{
    private const double Whole = 1e-6;

    /// <summary>The best choices of a part.</summary>
    public static IReadOnlyList<Choice> Solve(Choice[] part)
    {
        if (part.Length == 1) return part;
        double[] shares = Solve(part, "GLOP", whole: false);
        if (shares.Any(share => share > Whole && share < 1 - Whole)) shares = Solve(part, "SCIP", whole: true);
        return [.. part.Where((_, index) => shares[index] > 0.5)];
    }

    private static double[] Solve(Choice[] part, string kind, bool whole)
    {
        using Solver solver = Solver.CreateSolver(kind) ?? throw new InvalidOperationException($"OR-Tools was built without {kind}.");
        Variable[] variables = [.. part.Select((_, index) => solver.MakeVar(0, 1, whole, $"c{index}"))];
        var rows = new Dictionary<int, Constraint>();
        for (int index = 0; index < part.Length; index++)
        {
            solver.Objective().SetCoefficient(variables[index], part[index].Gain);
            foreach (int place in part[index].Places)
            {
                if (!rows.TryGetValue(place, out Constraint? row)) rows[place] = row = solver.MakeConstraint(double.NegativeInfinity, 1);
                row.SetCoefficient(variables[index], 1);
            }
        }

        solver.Objective().SetMinimization();
        using var exact = new MPSolverParameters();
        exact.SetDoubleParam(MPSolverParameters.DoubleParam.RELATIVE_MIP_GAP, 0);
        Solver.ResultStatus status = solver.Solve(exact);
        if (status != Solver.ResultStatus.OPTIMAL) throw new InvalidOperationException($"{kind} ended with {status} on {part.Length} choices.");
        return [.. variables.Select(variable => variable.SolutionValue())];
    }
}
