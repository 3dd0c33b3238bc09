using Morula.Reports;
using Xunit;

namespace Morula.Tests.Reports;

public sealed class RoundNumberTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1.99, 1)]
    [InlineData(4.9, 2)]
    [InlineData(73, 50)]
    [InlineData(0.03, 0.02)]
    public void The_largest_round_number_not_above(double value, double expected) => Assert.Equal(expected, RoundNumber.Below(value), 12);
}
