using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

/// <summary>Files written by the formats' specifications in Python (Golden/plain/make_plain.py), all of the same labels.</summary>
public sealed class GoldenPlainTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Formats", "Golden", "plain");

    [Theory]
    [InlineData("m1.mha", VoxelType.UInt16)]
    [InlineData("m2.mha", VoxelType.Int32)]
    [InlineData("m3.mhd", VoxelType.UInt8)]
    [InlineData("m4.mhd", VoxelType.UInt32)]
    [InlineData("i1.inr", VoxelType.UInt16)]
    [InlineData("i2.inr.gz", VoxelType.UInt16)]
    [InlineData("i3.inr", VoxelType.Int8)]
    [InlineData("n1.nii", VoxelType.Int16)]
    [InlineData("n2.nii.gz", VoxelType.UInt16)]
    [InlineData("n3.nii", VoxelType.Int64)]
    [InlineData("n4.nii.gz", VoxelType.Int32)]
    [InlineData("p1.npy", VoxelType.Int64)]
    [InlineData("p2.npy", VoxelType.UInt16)]
    [InlineData("p3.npy", VoxelType.Int32)]
    [InlineData("p4.npy", VoxelType.UInt16)]
    [InlineData("p5.npy", VoxelType.UInt8)]
    public void Every_label_and_the_voxel_size_are_as_written(string name, VoxelType type)
    {
        LabelVolume expected = VolumeFile.ReadLabels(Path.Combine(Folder, "reference.tif"));
        string path = Path.Combine(Folder, name);
        LabelVolume read = VolumeFile.ReadLabels(path);
        Assert.Equal(new Extent(4, 9, 13), read.Extent);
        Assert.Equal(expected.Voxels, read.Voxels);
        bool isCalibrated = !name.EndsWith(".npy", StringComparison.Ordinal);
        Assert.Equal(isCalibrated ? new Spacing(1, 0.2, 0.2) : Spacing.Unit(3), read.Spacing);
        VolumeInfo info = VolumeFile.ReadInfo(path);
        Assert.Equal((type, isCalibrated), (info.Type, info.IsCalibrated));
        Assert.Equal(expected.Voxels.Select(label => (float)label), VolumeFile.ReadImage(path).Voxels);
    }
}
