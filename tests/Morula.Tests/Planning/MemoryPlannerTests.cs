using Morula.Inference;
using Morula.Layers;
using Morula.Model;
using Morula.Planning;
using Xunit;

namespace Morula.Tests.Planning;

public sealed class MemoryPlannerTests
{
    private static readonly string[] Lasting = ["program", "samples", "weights", "gradients", "optimiser"];

    [Theory, Ranks("lean"), Ranks("reference")]
    public void The_learnt_numbers_are_those_of_the_network(int rank, string preset)
    {
        ModelOptions options = Presets.All[preset].Model with { Rank = rank };
        // The reference's boxes and masks would take gigabytes.
        options = options with
        {
            Proposals = options.Proposals.Anchors.Count > 0 ? options.Proposals : options.Proposals with { Anchors = [[[8.0], [12.0], [16.0]], [[20.0], [24.0], [30.0]]] },
            Regions = options.Regions with { BoxWidth = 16, MaskWidth = 8 },
            Backbone = options.Backbone with { Stages = [.. options.Backbone.Stages.Select(stage => stage with { Width = stage.Width / 8 * 4, Depth = Math.Min(2, stage.Depth) })] },
        };
        using var model = new MaskRcnn(options, 1);
        Assert.Equal(model.ParameterCount, MemoryPlanner.Parameters(options));
    }

    [Theory]
    [Ranks(false, 0)]
    [Ranks(true, 0)]
    [Ranks(true, 2)]
    public void A_step_leaves_nothing_behind(int rank, bool recomputed, int chunk)
    {
        var memory = new MemoryOptions { RecomputedPyramid = recomputed, RecomputedStages = recomputed ? 2 : 0, RegionChunk = chunk, ImageChunk = chunk };
        MemoryPlan plan = MemoryPlanner.Training(Loads.Training(rank, memory, batch: 2));
        Assert.All(plan.Moments[^1].Stages, entry => Assert.True(entry.Value == 0 || Lasting.Contains(entry.Key), $"{entry.Key} still holds {entry.Value} bytes."));
    }

    [Theory, Ranks]
    public void The_stages_at_the_peak_add_up_to_it(int rank)
    {
        foreach (MemoryPlan plan in new[] { MemoryPlanner.Training(Loads.Training(rank)), MemoryPlanner.Prediction(Loads.Prediction(rank)) })
        {
            Assert.Equal(plan.Peak, plan.StagesAtPeak.Values.Sum());
            Assert.True(plan.Moments.Max(moment => moment.Bytes) <= plan.Peak);
        }
    }

    [Theory, Ranks]
    public void Every_means_takes_no_more_memory_and_recomputing_takes_more_operations(int rank)
    {
        MemoryPlan plain = Plan(new MemoryOptions());
        MemoryPlan recomputed = Plan(new MemoryOptions { RecomputedStages = 3, RecomputedPyramid = true });
        Assert.True(Plan(new MemoryOptions { Staged = false }).Peak >= plain.Peak);
        Assert.True(Plan(new MemoryOptions { RegionChunk = 4 }).Peak <= plain.Peak);
        Assert.True(recomputed.Peak <= plain.Peak);
        Assert.True(recomputed.Operations > plain.Operations);
        Assert.True(Plan(new MemoryOptions { Precision = Precision.BFloat16, StatePrecision = Precision.BFloat16 }).Peak < plain.Peak);

        MemoryPlan Plan(MemoryOptions memory) => MemoryPlanner.Training(Loads.Training(rank, memory));
    }

    [Fact]
    public void Images_one_after_the_other_take_less_than_all_at_once()
    {
        MemoryPlan all = MemoryPlanner.Training(Loads.Training(3, batch: 4));
        MemoryPlan single = MemoryPlanner.Training(Loads.Training(3, new MemoryOptions { ImageChunk = 1 }, batch: 4));
        Assert.True(single.Peak < all.Peak / 1.3);
        Assert.InRange(single.Operations / all.Operations, 0.95, 1.05);
    }

    [Fact]
    public void Smaller_tiles_take_less_memory()
    {
        long Peak(long voxels) => MemoryPlanner.Prediction(Loads.Prediction(3, new InferenceOptions { MostVoxels = voxels })).Peak;
        Assert.True(Peak(100_000) < Peak(3_000_000));
    }

    [Fact]
    public void A_graphics_card_holds_tensors_alone()
    {
        MemoryPlan plan = MemoryPlanner.Training(Loads.Training(3) with { BooksProcess = false });
        Assert.DoesNotContain("program", plan.StagesAtPeak.Keys);
    }
}
