using CsCheck;
using Morula.Options;
using Xunit;

namespace Morula.Tests.Options;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("abcd", "acbd", 1)]
    [InlineData("ca", "abc", 3)]
    public void Distances_of_known_pairs(string from, string to, int edits) => Assert.Equal(edits, NearestName.Distance(from, to));

    [Fact]
    public void The_distance_is_the_shortest_of_all_recursive_edits() =>
        Gen.Select(Gen.String[Gen.Char['a', 'c'], 0, 5], Gen.String[Gen.Char['a', 'c'], 0, 5])
            .Sample((from, to) => NearestName.Distance(from, to) == Slow(from, to), iter: 300);

    [Fact]
    public void Letter_case_does_not_count() => Assert.Equal("Steps", NearestName.Of("STEPS", ["Step", "Steps", "Stops"]));

    [Fact]
    public void Nothing_is_nearest_to_nothing() => Assert.Null(NearestName.Of("x", []));

    private static int Slow(string from, string to)
    {
        if (from.Length == 0 || to.Length == 0) return from.Length + to.Length;
        int best = Slow(from[1..], to[1..]) + (from[0] == to[0] ? 0 : 1);
        best = Math.Min(best, Math.Min(Slow(from[1..], to), Slow(from, to[1..])) + 1);
        bool swapped = from.Length > 1 && to.Length > 1 && from[0] == to[1] && from[1] == to[0];
        return swapped ? Math.Min(best, Slow(from[2..], to[2..]) + 1) : best;
    }
}
