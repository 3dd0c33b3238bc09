using Morula.Planning;
using Morula.Runs;
using Xunit;

namespace Morula.Tests.Runs;

public sealed class FreedMemoryTests
{
    private const long Mebibyte = 1 << 20;

    [Theory]
    [InlineData(100, 100, false)]
    [InlineData(100, 249, false)]
    [InlineData(100, 250, true)]
    [InlineData(4000, 10000, true)]
    public void Memory_that_is_free_is_kept_where_the_bound_has_room_for_it(long foretold, long bound, bool expected) =>
        Assert.Equal(expected, FreedMemory.HasRoom(ProcessSketch.Program + (foretold * Mebibyte), ProcessSketch.Program + (bound * Mebibyte)));
}
