using Morula.Options;
using Morula.Planning;
using Xunit;

namespace Morula.Tests.Planning;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("8GB", 8_000_000_000)]
    [InlineData("6GiB", 6L << 30)]
    [InlineData("500MB", 500_000_000)]
    [InlineData("1.5 gib", 3L << 29)]
    [InlineData("2T", 2_000_000_000_000)]
    [InlineData("4096", 4096)]
    [InlineData("10 kB", 10_000)]
    public void A_size_is_read_with_its_unit(string text, long bytes) => Assert.Equal(bytes, ByteSize.Parse(text, "--memory"));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1GB")]
    [InlineData("8 giga")]
    [InlineData("GB")]
    [InlineData("1e3MB")]
    [InlineData("99999999999999999999TB")]
    public void What_is_no_size_is_refused_in_one_line(string text)
    {
        var refusal = Assert.Throws<OptionsException>(() => ByteSize.Parse(text, "--memory"));
        Assert.StartsWith("--memory: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("8GB", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData(857L << 20, "857 MiB")]
    [InlineData(5L << 28, "1.25 GiB")]
    public void A_size_is_written_with_its_unit(long bytes, string text) => Assert.Equal(text, ByteSize.Text(bytes));
}
