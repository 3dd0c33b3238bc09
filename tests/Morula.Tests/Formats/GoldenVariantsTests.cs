using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

/// <summary>Floating point, time, channels and both byte orders in files of other programs (Golden/variants/make_variants.py).</summary>
public sealed class GoldenVariantsTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Formats", "Golden", "variants");

    [Theory]
    [InlineData("f4_4d.mha", VoxelType.Float32, 4, 1)]
    [InlineData("f4_4d_be.mha", VoxelType.Float32, 4, 1)]
    [InlineData("u2_c_be.mha", VoxelType.UInt16, 3, 2)]
    [InlineData("f8_4d_c_zlib.mha", VoxelType.Float64, 4, 2)]
    [InlineData("f4_4d.nii", VoxelType.Float32, 4, 1)]
    [InlineData("f4_4d_be.nii.gz", VoxelType.Float32, 4, 1)]
    [InlineData("i2_c.nii", VoxelType.Int16, 4, 2)]
    [InlineData("f8_be.nii", VoxelType.Float64, 3, 1)]
    [InlineData("f4.inr", VoxelType.Float32, 3, 1)]
    [InlineData("f8_be.inr.gz", VoxelType.Float64, 3, 1)]
    [InlineData("u2_c_be.inr", VoxelType.UInt16, 3, 2)]
    [InlineData("f4_4d.npy", VoxelType.Float32, 4, 1)]
    [InlineData("f8_4d_fortran_be.npy", VoxelType.Float64, 4, 1)]
    [InlineData("i4_2d_fortran.npy", VoxelType.Int32, 2, 1)]
    [InlineData("f4_4d.tif", VoxelType.Float32, 4, 1)]
    [InlineData("u2_4d_c_be.tif", VoxelType.UInt16, 4, 2)]
    [InlineData("f4_4d_c.ome.tif", VoxelType.Float32, 4, 2)]
    public void Every_voxel_of_every_channel_and_the_steps_are_as_written(string name, VoxelType type, int rank, int channels)
    {
        string path = Path.Combine(Folder, name);
        bool isCalibrated = !name.EndsWith(".npy", StringComparison.Ordinal);
        VolumeInfo info = VolumeFile.ReadInfo(path);
        Assert.Equal((type, channels, isCalibrated), (info.Type, info.Channels, info.IsCalibrated));
        for (int channel = 0; channel < channels; channel++)
        {
            Volume read = VolumeFile.ReadImage(path, channel);
            Assert.Equal(new Extent(((int[])[2, 3, 4, 5]).AsSpan(4 - rank)), read.Extent);
            Assert.Equal(isCalibrated ? new Spacing(((double[])[30, 1.5, 0.5, 0.25]).AsSpan(4 - rank)) : Spacing.Unit(rank), read.Spacing);
            Assert.Equal(Expected(read.Extent, channel, type is VoxelType.Float32 or VoxelType.Float64 ? 0.25f : 0), read.Voxels);
        }
    }

    private static float[] Expected(Extent extent, int channel, float fraction)
    {
        int[] weights = ((int[])[1000, 100, 10, 1])[(4 - extent.Rank)..];
        long[] strides = extent.Strides();
        return [.. Enumerable.Range(0, (int)extent.Count).Select(index => Enumerable.Range(0, extent.Rank).Sum(axis => weights[axis] * (int)(index / strides[axis] % extent[axis])) + (500 * channel) + fraction)];
    }
}
