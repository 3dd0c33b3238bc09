using Morula.Formats;
using Morula.Fuzzing;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

/// <summary>MetaImage, INRIMAGE, NumPy, NIfTI, HDF5: what is written is read, what is damaged is refused.</summary>
public sealed class PlainFormatsTests
{
    private const int Mutants = 600;
    private const long MostBytes = 64 << 20;

    public static TheoryData<string> Names => ["a.mha", "a.inr", "a.inr.gz", "a.npy", "a.nii", "A.NII.GZ", "a.hdf5"];

    [Theory, MemberData(nameof(Names))]
    public void What_is_written_is_read(string name)
    {
        using var folder = new TemporaryFolder();
        foreach (int[] sizes in (int[][])[[5, 7], [3, 5, 7], [2, 3, 5, 7]])
        {
            if (sizes.Length == 4 && name.Contains(".inr", StringComparison.Ordinal)) continue;
            var extent = new Extent(sizes);
            var spacing = new Spacing(new[] { 90, 1.5, 0.1083, 0.25 }.AsSpan(4 - sizes.Length));
            foreach (VoxelType type in (VoxelType[])[VoxelType.UInt8, VoxelType.UInt16, VoxelType.Float32])
            {
                var image = new Volume(extent, spacing, [.. Enumerable.Range(0, (int)extent.Count).Select(index => (float)index)]);
                VolumeFile.Write(folder[name], image, type);
                Volume read = VolumeFile.ReadImage(folder[name]);
                Assert.Equal(extent, read.Extent);
                Assert.Equal(image.Voxels, read.Voxels);
                VolumeInfo info = VolumeFile.ReadInfo(folder[name]);
                bool isCalibrated = !name.EndsWith(".npy", StringComparison.Ordinal);
                Assert.Equal((type, isCalibrated, isCalibrated ? spacing : Spacing.Unit(sizes.Length)), (info.Type, info.IsCalibrated, read.Spacing));
            }
        }

        Assert.Equal("a", VolumeName.Of(folder[name]), ignoreCase: true);
    }

    [Theory, MemberData(nameof(Names))]
    public void Labels_keep_their_numbers(string name)
    {
        using var folder = new TemporaryFolder();
        foreach (int most in (int[])[65535, 65536])
        {
            var labels = new LabelVolume(new Extent(2, 3, 4), Spacing.Unit(3), [.. Enumerable.Range(0, 23), most]);
            VolumeFile.Write(folder[name], labels);
            Assert.Equal(labels.Voxels, VolumeFile.ReadLabels(folder[name]).Voxels);
            Assert.Equal(most > 65535 ? VoxelType.UInt32 : VoxelType.UInt16, VolumeFile.ReadInfo(folder[name]).Type);
        }

        VolumeFile.Write(folder[name], new Volume(new Extent(2, 3, 4), Spacing.Unit(3)));
        Assert.Contains("Float32", Assert.Throws<VolumeFormatException>(() => VolumeFile.ReadLabels(folder[name])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_frame_of_a_movie_is_read_alone()
    {
        using var folder = new TemporaryFolder();
        var movie = new Volume(new Extent(3, 2, 4, 6), new Spacing(30, 2, 0.5, 0.5), [.. Enumerable.Range(0, 144).Select(index => (float)index)]);
        foreach (string name in (string[])["m.mha", "m.npy", "m.nii", "m.nii.gz", "m.h5"])
        {
            VolumeFile.Write(folder[name], movie);
            Assert.Equal(movie.Voxels[48..96], VolumeFile.ReadImage(folder[name], frame: 1).Voxels);
        }

        Assert.Contains("no axis of time", Assert.Throws<VolumeFormatException>(() => VolumeFile.Write(folder["m.inr"], movie)).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Names))]
    public void Damage_ends_in_one_kind_of_error(string name)
    {
        using var folder = new TemporaryFolder();
        VolumeFile.Write(folder[name], new Volume(new Extent(2, 5, 7), new Spacing(2, 1, 1), [.. Enumerable.Range(0, 70).Select(index => (float)index)]), VoxelType.UInt16);
        byte[] whole = File.ReadAllBytes(folder[name]);
        var random = new Random(name.Length);
        int refused = 0;
        for (int mutant = 0; mutant < Mutants; mutant++)
        {
            File.WriteAllBytes(folder[name], Mutator.Mutate(whole, [whole], random));
            long before = GC.GetAllocatedBytesForCurrentThread();
            refused += Refusal.IsRefused(() => VolumeFile.ReadImage(folder[name])) ? 1 : 0;
            Refusal.IsRefused(() => VolumeFile.ReadLabels(folder[name], rank: 4));
            // The library of HDF5 reserves what a file says before it reads it.
            if (!name.EndsWith(".hdf5", StringComparison.Ordinal)) Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }

        Assert.InRange(refused, 1, Mutants);
        for (int length = 0; length < whole.Length - 10; length += 7)
        {
            File.WriteAllBytes(folder[name], whole[..length]);
            Assert.True(Refusal.IsRefused(() => VolumeFile.ReadImage(folder[name])), $"{length} of {whole.Length} bytes were read.");
        }
    }
}
