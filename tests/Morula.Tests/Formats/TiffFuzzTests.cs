using Morula.Formats;
using Morula.Fuzzing;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

/// <summary>Damaged files end in one kind of error, whatever the damage, and reserve no memory that they could not fill.</summary>
public sealed class TiffFuzzTests
{
    private const int Mutants = 150;
    private const long MostBytes = 64 << 20;

    public static TheoryData<string> Names => [.. GoldenTiffTests.Records().Keys, "own.tif", "own.ome.tif"];

    [Theory, MemberData(nameof(Names))]
    public void A_damaged_file_is_refused_or_read(string name)
    {
        using var folder = new TemporaryFolder();
        byte[] whole = Whole(folder, name);
        var random = new Random(name.Sum(letter => letter) + 7);
        string path = folder["mutant" + (name.EndsWith(".ome.tif", StringComparison.Ordinal) ? ".ome.tif" : ".tif")];
        int refused = 0;
        for (int mutant = 0; mutant < Mutants; mutant++)
        {
            File.WriteAllBytes(path, Mutator.Mutate(whole, [whole], random));
            long before = GC.GetAllocatedBytesForCurrentThread();
            refused += Refusal.IsRefused(() => VolumeFile.ReadImage(path)) ? 1 : 0;
            Refusal.IsRefused(() => VolumeFile.ReadLabels(path, rank: 4));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }

        Assert.InRange(refused, 1, Mutants);
    }

    [Theory]
    [InlineData("imagej_tzcyx.tif")]
    [InlineData("lzw.tif")]
    [InlineData("own.tif")]
    [InlineData("own.ome.tif")]
    public void Every_truncation_is_refused(string name)
    {
        using var folder = new TemporaryFolder();
        byte[] whole = Whole(folder, name);
        for (int length = 0; length < whole.Length - 40; length += 13)
        {
            File.WriteAllBytes(folder["short.tif"], whole[..length]);
            Assert.True(Refusal.IsRefused(() => VolumeFile.ReadImage(folder["short.tif"])), $"{length} of {whole.Length} bytes were read.");
        }
    }

    private static byte[] Whole(TemporaryFolder folder, string name)
    {
        if (!name.StartsWith("own", StringComparison.Ordinal))
            return File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Formats", "Golden", name));
        var extent = new Extent(2, 3, 5, 7);
        VolumeFile.Write(folder[name], new Volume(extent, Spacing.Unit(4), [.. Enumerable.Range(0, 210).Select(index => index / 3f)]));
        return File.ReadAllBytes(folder[name]);
    }
}
