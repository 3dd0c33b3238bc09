using Morula.Cli;
using Morula.Options;
using Xunit;

namespace Morula.Tests.Cli;

public sealed class OptionsTableTests
{
    [Fact]
    public void Columns_are_as_wide_as_their_widest_cell()
    {
        using var output = new StringWriter();
        OptionsTable.Print(output, [
            new OptionRow("Train.Steps", "a whole number", "100", "between 1 and 1000"),
            new OptionRow("Name", "a text", new string('x', 60), string.Empty),
        ]);
        string[] expected =
        [
            "Option       Default                                   Type            Range",
            "Train.Steps  100                                       a whole number  between 1 and 1000",
            "Name         xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...  a text",
            string.Empty,
        ];
        Assert.Equal(expected, output.ToString().Split(Environment.NewLine));
    }
}
