using Morula.Comparison;
using Xunit;

namespace Morula.Tests.Comparison;

public sealed class SpreadTests
{
    [Fact]
    public void Mean_and_deviation_of_a_sample()
    {
        Spread spread = Spread.Of([2, 4, null, 9]);
        Assert.Equal((5, 3), (spread.Mean, spread.Count));
        Assert.Equal(Math.Sqrt(13), spread.Deviation!.Value, 12);
        Assert.Equal("5.0 ± 3.6", spread.Text("0.0"));
    }

    [Fact]
    public void One_value_has_no_deviation_and_none_has_no_mean()
    {
        Assert.Equal("0.250", Spread.Of([0.25]).Text("0.000"));
        Assert.Equal("-", Spread.Of([null, double.NaN]).Text("0.0"));
    }
}
