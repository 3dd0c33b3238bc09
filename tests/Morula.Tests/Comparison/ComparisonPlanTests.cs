using Morula.Comparison;
using Morula.Options;
using Morula.Tests.Training;
using Xunit;

namespace Morula.Tests.Comparison;

public sealed class ComparisonPlanTests(TinyComparison tiny) : IClassFixture<TinyComparison>
{
    [Fact]
    public void The_budget_is_one_for_all()
    {
        Assert.Equal([7, 7], Plan(TinyComparison.Conditions(7)).Members.Select(member => member.Options.Training.Steps));
        ComparisonPlan timed = Plan(TinyComparison.Conditions(null, 2.5));
        Assert.All(timed.Members, member => Assert.Equal((100_000_000, 2.5), (member.Options.Training.Steps, member.Options.Training.Minutes)));
    }

    [Fact]
    public void Seeds_follow_that_of_the_first_network() =>
        Assert.Equal([5, 6, 7], Plan(TinyComparison.Conditions(4, null, 3, "Training.Seed=5")).Seeds);

    [Fact]
    public void Budgets_that_differ_are_refused()
    {
        string longer = tiny.Write("longer", TinyTraining.Options with { Training = TinyTraining.Options.Training with { Steps = 9 } });
        Refused("small plans 8 steps but longer 9 steps; give --steps or --minutes", [tiny.Small, longer], TinyComparison.Conditions(null));
    }

    [Fact]
    public void Conditions_that_make_no_sense_are_refused()
    {
        Refused("both given", [tiny.Small], TinyComparison.Conditions(4, 1));
        Refused("at least 1", [tiny.Small], TinyComparison.Conditions(0));
        Refused("a positive number", [tiny.Small], TinyComparison.Conditions(null, 0));
        Refused("1 to 1000", [tiny.Small], TinyComparison.Conditions(seeds: 0));
        Refused("no network is named", [], TinyComparison.Conditions());
        Refused("small: two networks have this name", [tiny.Small, tiny.Small], TinyComparison.Conditions());
        Refused("is the name of the row without learning", [tiny.Write("classical", TinyTraining.Options)], TinyComparison.Conditions());
        Refused("no image is held out", [tiny.Small], TinyComparison.Conditions(4, null, 1, "Samples.ValidationShare=0"));
    }

    [Fact]
    public void Samples_that_differ_are_told()
    {
        string zoomed = tiny.Write("zoomed", TinyTraining.Options with { Samples = TinyTraining.Options.Samples with { Zoom = 0.3, ValidationShare = 0.5, CacheMegabytes = 7 } });
        ComparisonPlan plan = ComparisonPlan.Create([tiny.Small, zoomed], tiny.Data, TinyComparison.Conditions()).Plan;
        Assert.Equal(
            [
                "The networks ask for different splits (Samples.ValidationShare); that of small holds for all.",
                "The networks see different samples: their options differ in Samples.Zoom.",
            ],
            plan.Notes);
        Assert.Empty(Plan(TinyComparison.Conditions()).Notes);
    }

    private ComparisonPlan Plan(ComparisonConditions conditions) => ComparisonPlan.Create([tiny.Small, tiny.Large], tiny.Data, conditions).Plan;

    private void Refused(string why, string[] networks, ComparisonConditions conditions) =>
        Assert.Contains(why, Assert.Throws<OptionsException>(() => ComparisonPlan.Create(networks, tiny.Data, conditions)).Message);
}
