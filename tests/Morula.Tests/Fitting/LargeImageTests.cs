using Morula.Fitting;
using Morula.Formats;
using Morula.Samples;
using Morula.Synthesis;
using Morula.Tests.Formats;
using Xunit;

namespace Morula.Tests.Fitting;

public sealed class LargeImageTests
{
    [Fact]
    public void Images_of_many_voxels_are_surveyed_by_the_index_and_a_part()
    {
        using var folder = new TemporaryFolder();
        SyntheticDataSet.WriteEmbryos(folder["data"], EmbryoOptions.Easy with { Extent = [40, 48, 56], CellCount = 20 }, 2, seed: 3, cancellation: TestContext.Current.CancellationToken);
        Survey whole = Look(Surveyor.MostVoxels);
        Assert.False(File.Exists(folder["data/.morula-index"]));
        Survey parts = Look(40 * 48 * 28);
        Assert.True(File.Exists(folder["data/.morula-index"]));
        Assert.Equal(whole.Cells.Select(Text), parts.Cells.Select(Text));
        Assert.Equal(whole.Extents, parts.Extents);
        for (int image = 0; image < 2; image++)
        {
            Assert.Equal(whole.Images[image].Spacing, parts.Images[image].Spacing);
            Assert.Equal(whole.Images[image].Contrast.Boundary, parts.Images[image].Contrast.Boundary, 0.15);
            Assert.InRange(parts.Images[image].Noise, whole.Images[image].Noise / 2, whole.Images[image].Noise * 2);
        }

        Survey Look(long mostVoxels) => Surveyor.Look(DataSet.Open(folder["data"]), 8, 1, null, TestContext.Current.CancellationToken, mostVoxels);
        static string Text(SurveyedCell cell) => $"{string.Join(' ', cell.Sizes)} {string.Join(' ', cell.Centre)} {cell.FirstFrame} {cell.LastFrame} {cell.TouchesBorder}";
    }
}
