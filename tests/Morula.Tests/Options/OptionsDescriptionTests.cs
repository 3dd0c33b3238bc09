using Morula.Options;
using Xunit;

namespace Morula.Tests.Options;

public sealed class OptionsDescriptionTests
{
    private static readonly IReadOnlyList<OptionRow> Rows = OptionsDescription.Of<SampleOptions>();

    [Fact]
    public void Every_option_has_one_row_in_the_order_of_declaration() => Assert.Equal(
        [
            "Train.Steps", "Train.Seed", "Train.Rate", "Train.Flip", "Train.Kind",
            "Model.Channels", "Model.Anchors", "Model.Tags", "Model.Kinds", "Model.Levels", "Model.Levels[].Stride", "Model.Levels[].Scale", "Model.Width",
            "Name", "Note", "Limit",
        ],
        Rows.Select(row => row.Key));

    [Theory]
    [InlineData("Train.Steps", "a whole number", "100", "between 1 and 1000")]
    [InlineData("Train.Rate", "a number", "0.001", "at least 0")]
    [InlineData("Train.Kind", "one of Round, Long", "\"Long\"", "")]
    [InlineData("Model.Anchors", "a list of lists of numbers", "[[1, 2.5], [3]]", "between -10 and 10")]
    [InlineData("Model.Levels", "a list of sections", "[{ \"Stride\": 4, \"Scale\": [1, 1, 1] }]", "")]
    [InlineData("Note", "a text, or null", "null", "")]
    public void A_row_says_type_default_and_range(string key, string type, string value, string range) =>
        Assert.Equal(new OptionRow(key, type, value, range), Rows.Single(row => row.Key == key));
}
