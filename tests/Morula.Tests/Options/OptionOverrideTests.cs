using Morula.Options;
using Xunit;

namespace Morula.Tests.Options;

public sealed class OptionOverrideTests
{
    private static SampleOptions Set(params string[] overrides) => OptionsFile.Override(new SampleOptions(), overrides);

    [Fact]
    public void Plain_values_are_set()
    {
        SampleOptions read = Set("Train.Steps=5", "Train.Rate=1e-4", "Train.Flip=False", "Train.Kind=Round", "Train.Seed=-1", "Limit=null");
        Assert.Equal((5, 1e-4, false, SampleKind.Round, -1L), (read.Train.Steps, read.Train.Rate, read.Train.Flip, read.Train.Kind, read.Train.Seed));
        Assert.Null(read.Limit);
    }

    [Theory]
    [InlineData("Name=two words", "two words")]
    [InlineData("Name=\"quoted\"", "quoted")]
    [InlineData("Name=a=b", "a=b")]
    [InlineData("Name=12", "12")]
    [InlineData("Name=[1]", "[1]")]
    [InlineData("Name=null", "null")]
    [InlineData("Name=", "")]
    public void Texts_need_no_quotes(string text, string expected) => Assert.Equal(expected, Set(text).Name);

    [Theory]
    [InlineData("Model.Channels=[1,2,3]", new[] { 1, 2, 3 })]
    [InlineData("Model.Channels=1, 2,3", new[] { 1, 2, 3 })]
    [InlineData("Model.Channels=7", new[] { 7 })]
    [InlineData("Model.Channels=[]", new int[0])]
    [InlineData("Model.Channels=", new int[0])]
    public void Lists_may_do_without_brackets(string text, int[] expected) => Assert.Equal(expected, Set(text).Model.Channels);

    [Theory]
    [InlineData("Model.Anchors=[[1,2],[3]]")]
    [InlineData("Model.Anchors=[1,2],[3]")]
    public void Lists_of_lists_need_the_inner_brackets(string text) =>
        DeepEquality.AssertSame(new double[][] { [1, 2], [3] }, Set(text).Model.Anchors);

    [Fact]
    public void Lists_of_texts_split_at_commas_outside_quotes()
    {
        Assert.Equal(["x y", "z"], Set("Model.Tags=x y,z").Model.Tags);
        Assert.Equal(["a,b", "c"], Set("Model.Tags=[\"a,b\", c]").Model.Tags);
        Assert.Equal([SampleKind.Round, SampleKind.Long], Set("Model.Kinds=Round,Long").Model.Kinds);
    }

    [Fact]
    public void A_section_is_set_as_JSON_over_what_is_there()
    {
        SampleOptions read = Set("Train.Steps=9", """Train={"Rate": 0.5}""", """Model.Levels=[{"Stride": 8}, {"Stride": 16}]""");
        Assert.Equal((9, 0.5), (read.Train.Steps, read.Train.Rate));
        Assert.Equal([8, 16], read.Model.Levels.Select(level => level.Stride));
    }

    [Fact]
    public void The_last_override_counts_and_all_come_after_the_file()
    {
        SampleOptions read = OptionsFile.Parse<SampleOptions>("""{ "Train": { "Steps": 1, "Rate": 0.5 } }""", "run.json", ["Train.Steps=2", "Train.Steps=3"]);
        Assert.Equal((3, 0.5), (read.Train.Steps, read.Train.Rate));
    }

    [Theory]
    [InlineData("Train.Steps", "--set: \"Train.Steps\" is not of the form Section.Key=value.")]
    [InlineData("=3", "--set: \"=3\" is not of the form Section.Key=value.")]
    [InlineData("Train.Stps=3", "--set: Train.Stps is not an option; the nearest is Train.Steps.")]
    [InlineData("Train.Steps.More=3", "--set: Train.Steps is {\"More\":3} but must be a whole number.")]
    [InlineData("Train.Steps=many", "--set: Train.Steps is \"many\" but must be a whole number.")]
    [InlineData("Train.Steps=0", "--set: Train.Steps is 0 but must be between 1 and 1000.")]
    [InlineData("Train=3", "--set: Train is 3 but must be a section { \"Key\": value }.")]
    [InlineData("Train.Kind=round", "--set: Train.Kind is \"round\" but must be one of Round, Long.")]
    [InlineData("Model.Channels=1,x", "--set: Model.Channels[1] is \"x\" but must be a whole number.")]
    [InlineData("Model.Channels=[1,2", "--set: Model.Channels[0] is \"[1,2\" but must be a whole number.")]
    [InlineData("Model.Anchors=[1,2]", "--set: Model.Anchors[0] is 1 but must be a list of numbers.")]
    public void What_does_not_fit_is_refused_in_one_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<OptionsException>(() => Set(text)).Message);
}
