using Morula.Evaluation;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Evaluation;

public sealed class CellFaultsTests
{
    [Theory]
    [InlineData("1122", "1122", "", "")]
    [InlineData("1111", "0000", "1 Missed", "")]
    [InlineData("0000", "2222", "", "2 Extra")]
    [InlineData("1111", "2233", "1 Split", "2 Split, 3 Split")]
    [InlineData("1111111", "2223333", "1 Split", "2 Split, 3 Split")]
    [InlineData("1122", "3333", "1 Merged, 2 Merged", "3 Merged")]
    [InlineData("11110000", "00022222", "1 Missed", "2 Extra")]
    [InlineData("1111000000", "0222222222", "", "")]
    [InlineData("0011110000", "0020022222", "1 Missed", "2 Extra")]
    public void Each_fault_is_known_when_seen(string truth, string found, string trueFaults, string foundFaults)
    {
        CellFaults faults = CellFaults.Of(Contingency.Count(Line(truth), Line(found)));
        Assert.Equal(trueFaults, Words(faults.Truth));
        Assert.Equal(foundFaults, Words(faults.Prediction));
    }

    [Fact]
    public void Every_cell_is_right_or_has_one_fault_and_right_ones_are_pairs()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (truth, found) = (Scattered(random), Scattered(random));
            Contingency table = Contingency.Count(truth, found);
            CellFaults faults = CellFaults.Of(table);
            int[] rightTruth = [.. table.TruthLabels.Where(label => !faults.Truth.ContainsKey(label))];
            foreach (int label in rightTruth)
            {
                // A right true cell is held by one found cell, which holds no other.
                int[] holders = [.. table.Overlaps.Where(pair => table.TruthLabels[pair.Truth] == label && 2 * pair.Voxels > table.TruthSizes[pair.Truth]).Select(pair => pair.Predicted)];
                int holder = Assert.Single(holders);
                Assert.Single(table.Overlaps, pair => pair.Predicted == holder && 2 * pair.Voxels > table.TruthSizes[pair.Truth]);
            }

            Assert.All(faults.Truth.Values, fault => Assert.NotEqual(CellFault.Extra, fault));
            Assert.All(faults.Prediction.Values, fault => Assert.NotEqual(CellFault.Missed, fault));
        }
    }

    private static LabelVolume Scattered(Random random) =>
        new(new Extent(4, 12), Spacing.Unit(2), [.. Enumerable.Range(0, 48).Select(place => random.Next(4) == 0 ? 0 : 1 + (place % 12 / (2 + random.Next(3))))]);

    private static LabelVolume Line(string digits) => new(new Extent(1, digits.Length), Spacing.Unit(2), [.. digits.Select(digit => digit - '0')]);

    private static string Words(IReadOnlyDictionary<int, CellFault> faults) => string.Join(", ", faults.Select(fault => $"{fault.Key} {fault.Value}"));
}
