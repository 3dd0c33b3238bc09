using Morula.Evaluation;
using Morula.Runs;
using Morula.Tests.Evaluation;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Runs;

public sealed class WorstCellsTests
{
    [Fact]
    public void The_worst_of_several_images_are_those_of_a_slow_search_through_all()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            (LabelVolume Truth, LabelVolume Found)[] images = [.. Enumerable.Range(0, 6).Select(_ => (Scattered(random), Scattered(random)))];
            var worst = new WorstCells(5, 9);
            foreach (var (image, index) in images.Select((image, index) => (image, index)))
                worst.See($"image {index}", null, new AlignedPair(image.Truth, image.Found, CellAttributes.None, CellAttributes.None), Contingency.Count(image.Truth, image.Found));
            var slow = images.SelectMany((image, index) => SlowWorst.Of(image.Truth, image.Found)
                    .Select(cell => (Image: $"image {index}", cell.IsTrue, cell.Label, cell.Fault, Overlap: SlowWorst.Overlap(image.Truth, image.Found, cell.IsTrue, cell.Label))))
                .OrderBy(cell => cell.Overlap).ToArray();
            Assert.Equal(slow.Length, worst.Count);

            // Which of several equally bad ones come in is a matter of order; how bad they are is not.
            Assert.Equal(slow.Take(5).Select(cell => cell.Overlap), worst.Pictured.Select(cell => cell.Cell.Overlap), (one, other) => Math.Abs(one - other) < 1e-12);
            Assert.Equal(slow.Take(9).Select(cell => cell.Overlap), worst.Listed.Select(cell => cell.Cell.Overlap), (one, other) => Math.Abs(one - other) < 1e-12);
            Assert.All(worst.Pictured, cell => Assert.Contains(slow, one => (one.Image, one.IsTrue, one.Label, one.Fault) == (cell.Image, cell.Cell.IsTrue, cell.Cell.Label, cell.Cell.Fault)));
            Assert.All(worst.Pictured, cell => Assert.Contains(cell.Cell.Label, (cell.Cell.IsTrue ? cell.Truth : cell.Found).Voxels));
            for (int index = 0; index < images.Length; index++)
            {
                foreach (CellFault fault in FaultWords.All)
                    Assert.Equal(slow.Count(cell => cell.Image == $"image {index}" && cell.Fault == fault), worst.Faults[index].GetValueOrDefault(fault));
            }
        }
    }

    private static LabelVolume Scattered(Random random) =>
        new(new Extent(2, 4, 12), Spacing.Unit(3), [.. Enumerable.Range(0, 96).Select(place => random.Next(4) == 0 ? 0 : 1 + (place % 12 / (2 + random.Next(3))))]);
}
