using Morula.Linking;
using Morula.Tracking;
using Xunit;

namespace Morula.Tests.Linking;

public sealed class ExactLinkSolverTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_cost_is_the_least_there_is(bool dismissals)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            LinkProblem problem = RandomProblem.Draw(new Random(seed), frames: 3, perFrame: 2, arcs: 5, divisions: 3, dismissals);
            Assert.Equal(LinkOracle.LeastCost(problem), Solve(problem).CostIn(problem), 1e-9);
        }
    }

    [Fact]
    public void Proofs_and_parts_change_no_cost()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            LinkProblem problem = RandomProblem.Draw(new Random(seed), frames: 4, perFrame: 6, arcs: 50, divisions: 40, dismissals: seed % 2 == 1);
            IReadOnlyList<Choice> whole = ChoiceProgram.Solve([.. Choice.All(problem)]);
            double expected = problem.Cells.Sum(cell => cell.Appearance + cell.Disappearance) + whole.Sum(choice => choice.Gain);
            Assert.Equal(expected, Solve(problem).CostIn(problem), 1e-6);
        }
    }

    [Fact]
    public void The_same_problem_has_the_same_solution()
    {
        LinkProblem problem = RandomProblem.Draw(new Random(5), frames: 6, perFrame: 12, arcs: 250, divisions: 200, dismissals: true);
        LinkSolution first = Solve(problem);
        LinkSolution second = Solve(problem);
        Assert.NotEmpty(first.Divisions);
        Assert.Equal(first.Arcs, second.Arcs);
        Assert.Equal(first.Divisions, second.Divisions);
        Assert.Equal(first.Dismissed, second.Dismissed);
    }

    [Fact]
    public void Three_divisions_that_want_three_cells_in_pairs_need_whole_numbers()
    {
        // Half of each division is cheapest in fractions; of whole divisions one alone is possible.
        LinkCell[] cells = [.. Enumerable.Repeat(new LinkCell(10, 10, double.PositiveInfinity), 6)];
        var problem = new LinkProblem(cells, [], [new LinkDivision(0, 3, 4, 1), new LinkDivision(1, 4, 5, 1), new LinkDivision(2, 3, 5, 1)]);
        LinkSolution solution = Solve(problem);
        Assert.Single(solution.Divisions);
        Assert.Equal(91, solution.CostIn(problem), 1e-9);
    }

    [Fact]
    public void Nothing_to_link_is_a_solution()
    {
        var problem = new LinkProblem([], [], []);
        Assert.Equal(0, Solve(problem).CostIn(problem));
    }

    [Fact]
    public void What_is_no_problem_or_no_solution_is_refused()
    {
        LinkCell[] cells = [.. Enumerable.Repeat(new LinkCell(1, 1, double.PositiveInfinity), 3)];
        Assert.Throws<ArgumentException>(() => new LinkProblem(cells, [new LinkArc(0, 3, 1)], []));
        Assert.Throws<ArgumentException>(() => new LinkProblem(cells, [new LinkArc(0, 1, double.NaN)], []));
        Assert.Throws<ArgumentException>(() => new LinkProblem(cells, [], [new LinkDivision(0, 1, 1, 1)]));
        var problem = new LinkProblem(cells, [new LinkArc(0, 1, 1), new LinkArc(0, 2, 1)], []);
        Assert.Throws<ArgumentException>(() => new LinkSolution([0, 1], [], []).CostIn(problem));
    }

    private static LinkSolution Solve(LinkProblem problem) => new ExactLinkSolver().Solve(problem, TestContext.Current.CancellationToken);
}
