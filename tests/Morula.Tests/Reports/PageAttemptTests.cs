using Morula.Reports;
using Xunit;

namespace Morula.Tests.Reports;

public sealed class PageAttemptTests
{
    [Fact]
    public void What_is_written_is_told_by_nothing() => Assert.Null(PageAttempt.Make("page.html", () => { }));

    [Theory]
    [InlineData(28)]
    [InlineData(122)]
    public void A_full_disk_is_told_as_such(int code) =>
        Assert.StartsWith("page.html: the page could not be written (the disk is full: no room)", PageAttempt.Make("page.html", () => throw new IOException("no room", code)), StringComparison.Ordinal);

    [Fact]
    public void Any_other_fault_is_told_with_its_reason() =>
        Assert.Contains("(some fault); all other results are there", PageAttempt.Make("page.html", () => throw new InvalidOperationException("some fault")), StringComparison.Ordinal);

    [Fact]
    public void Stopping_stops() => Assert.Throws<OperationCanceledException>(() => PageAttempt.Make("page.html", () => throw new OperationCanceledException()));
}
