using Morula.Backbone;
using Xunit;

namespace Morula.Tests.Backbone;

public sealed class AxisStepsTests
{
    [Fact]
    public void One_number_is_for_every_axis_of_space_and_never_for_time()
    {
        Assert.Equal([2, 2], AxisSteps.Expand([2], 2, "stride"));
        Assert.Equal([2, 2, 2], AxisSteps.Expand([2], 3, "stride"));
        Assert.Equal([1, 2, 2, 2], AxisSteps.Expand([2], 4, "stride"));
    }

    [Fact]
    public void Several_numbers_are_for_the_axes_of_space_or_for_all()
    {
        Assert.Equal([1, 2, 3], AxisSteps.Expand([1, 2, 3], 3, "stride"));
        Assert.Equal([1, 1, 2, 3], AxisSteps.Expand([1, 2, 3], 4, "stride"));
        Assert.Equal([2, 1, 2, 3], AxisSteps.Expand([2, 1, 2, 3], 4, "stride"));
    }

    [Fact]
    public void Another_count_is_refused()
    {
        Assert.Throws<ArgumentException>(() => AxisSteps.Expand([1, 2], 3, "stride"));
        Assert.Throws<ArgumentException>(() => AxisSteps.Expand([], 2, "stride"));
        Assert.Throws<ArgumentException>(() => AxisSteps.Expand([1, 2, 3], 2, "stride"));
    }

    [Fact]
    public void A_pointwise_kernel_is_pointwise_over_time_too()
    {
        Assert.Equal([5, 3, 3, 3], AxisSteps.Kernel(4, 3, 5));
        Assert.Equal([1, 1, 1, 1], AxisSteps.Kernel(4, 1, 5));
        Assert.Equal([3, 3, 3], AxisSteps.Kernel(3, 3, 5));
    }
}
