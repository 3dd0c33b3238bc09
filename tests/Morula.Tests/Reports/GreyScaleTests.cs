using Morula.Reports;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Reports;

public sealed class GreyScaleTests
{
    [Fact]
    public void Percentiles_become_black_and_white()
    {
        var plane = new Volume(new Extent(1, 1001), Spacing.Unit(2), [.. Enumerable.Range(0, 1001).Select(value => (float)value)]);
        GreyScale grey = GreyScale.Of([plane]);
        Assert.Equal(new GreyScale(10, 998), grey);
        Assert.Equal((0, 0, 128, 255, 255, 0), (grey.Apply(-5), grey.Apply(10), grey.Apply(504), grey.Apply(998), grey.Apply(float.PositiveInfinity), grey.Apply(float.NaN)));
    }

    [Fact]
    public void What_is_not_finite_does_not_count()
    {
        var plane = new Volume(new Extent(1, 4), Spacing.Unit(2), [float.NaN, 1, 3, float.PositiveInfinity]);
        Assert.Equal(new GreyScale(1, 3), GreyScale.Of([plane]));
    }
}
