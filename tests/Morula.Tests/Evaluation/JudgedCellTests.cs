using Morula.Evaluation;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Evaluation;

public sealed class JudgedCellTests
{
    [Theory]
    [InlineData("1122", "1122", "")]
    [InlineData("1111", "0000", "true 1 Missed 0.00 ()")]
    [InlineData("0000", "2222", "found 2 Extra 0.00 ()")]
    [InlineData("1111", "2233", "true 1 Split 0.50 (2 3)")]
    [InlineData("1122", "3333", "found 3 Merged 0.50 (1 2)")]
    [InlineData("1111100000", "2223333330", "true 1  0.60 (2)\nfound 3 Extra 0.22 (1)")]
    [InlineData("1111", "0222", "")]
    [InlineData("11110", "02222", "true 1  0.60 (2)")]
    public void Each_fault_is_listed_once_with_its_partners(string truth, string found, string expected)
    {
        string listed = string.Join('\n', JudgedCell.Of(Contingency.Count(Line(truth), Line(found))).Select(Words));
        Assert.Equal(string.Join('\n', expected.Split('\n').Order()), string.Join('\n', listed.Split('\n').Order()));
    }

    [Fact]
    public void The_worst_come_first_as_a_slow_search_finds_them()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (truth, found) = (Scattered(random), Scattered(random));
            JudgedCell[] cells = [.. JudgedCell.Of(Contingency.Count(truth, found))];
            Assert.Equal(SlowWorst.Of(truth, found).Order(), cells.Select(cell => (cell.IsTrue, cell.Label, cell.Fault)).Order());
            foreach (JudgedCell cell in cells)
            {
                Assert.Equal(SlowWorst.Overlap(truth, found, cell.IsTrue, cell.Label), cell.Overlap, 1e-12);
                Assert.Equal(Slow.Size(cell.IsTrue ? truth : found, cell.Label), cell.Voxels);
            }

            for (int index = 1; index < cells.Length; index++)
            {
                Assert.True(cells[index - 1].Overlap <= cells[index].Overlap);
                if (cells[index - 1].Overlap == cells[index].Overlap) Assert.True(cells[index - 1].Voxels >= cells[index].Voxels);
            }
        }
    }

    private static LabelVolume Scattered(Random random) =>
        new(new Extent(4, 12), Spacing.Unit(2), [.. Enumerable.Range(0, 48).Select(place => random.Next(4) == 0 ? 0 : 1 + (place % 12 / (2 + random.Next(3))))]);

    private static LabelVolume Line(string digits) => new(new Extent(1, digits.Length), Spacing.Unit(2), [.. digits.Select(digit => digit - '0')]);

    private static string Words(JudgedCell cell) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(cell.IsTrue ? "true" : "found")} {cell.Label} {cell.Fault} {cell.Overlap:0.00} ({string.Join(' ', cell.Partners)})");
}
