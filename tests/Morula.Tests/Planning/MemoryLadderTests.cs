using Morula.Model;
using Morula.Planning;
using Xunit;

namespace Morula.Tests.Planning;

public sealed class MemoryLadderTests
{
    [Theory, Ranks]
    public void Every_notch_takes_no_more_memory_and_the_ladder_ends(int rank)
    {
        TrainingLoad load = Loads.Training(rank, new MemoryOptions { Staged = false }, batch: 4);
        var seen = new HashSet<MemoryOptions>();
        long peak = MemoryPlanner.Training(load).Peak;
        while (MemoryLadder.StepDown(load.Memory, load.Model, load.BatchSize) is { } next)
        {
            Assert.True(seen.Add(next.Memory), $"{next.Change} stands on the ladder twice.");
            load = load with { Memory = next.Memory };
            long lower = MemoryPlanner.Training(load).Peak;
            Assert.True(lower <= peak * 1.01, $"{next.Change} takes {lower} bytes rather than {peak}.");
            peak = lower;
        }

        Assert.Equal(new MemoryOptions { RegionChunk = 1, ImageChunk = 1, RecomputedPyramid = true, RecomputedStages = 3 }, load.Memory);
    }

    [Fact]
    public void The_fit_takes_what_is_wanted_where_it_fits()
    {
        TrainingLoad load = Loads.Training(3);
        Assert.Equal(load, BudgetFit.Training(load, long.MaxValue, allowPrecision: false, out _));
    }

    [Theory, Ranks]
    public void The_fit_keeps_within_the_bound_at_no_more_operations_than_needed(int rank)
    {
        TrainingLoad load = Loads.Training(rank, batch: 2) with { CacheBytes = 64 << 20, Prefetched = 4 };
        MemoryPlan plain = MemoryPlanner.Training(load);
        Assert.Null(BudgetFit.Training(load, 1, allowPrecision: false, out long least));
        long budget = (plain.Peak + least) / 2;
        TrainingLoad fitted = Assert.IsType<TrainingLoad>(BudgetFit.Training(load, budget, allowPrecision: false, out _));
        Assert.True(MemoryPlanner.Training(fitted).Peak <= budget);
        Assert.Equal(load.Memory.Precision, fitted.Memory.Precision);
        Assert.NotNull(BudgetFit.Training(load, least, allowPrecision: false, out _));
        Assert.Null(BudgetFit.Training(load, least - 1, allowPrecision: false, out _));
    }
}
