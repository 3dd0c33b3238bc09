using System.Globalization;
using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

/// <summary>What is written here is read by nibabel, numpy and a script that follows the specifications (Golden/check_plain.py).</summary>
public sealed class OutsidePlainTests
{
    public static TheoryData<string, int> Cases => new()
    {
        { "a.mha", 2 }, { "a.mha", 3 }, { "a.mha", 4 }, { "a.nii", 3 }, { "a.nii.gz", 4 }, { "a.npy", 2 }, { "a.npy", 4 }, { "a.inr", 3 }, { "a.inr.gz", 3 },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Voxels_and_steps_are_read_alike(string name, int rank)
    {
        using var folder = new TemporaryFolder();
        var extent = new Extent(((int[])[2, 3, 5, 7]).AsSpan(4 - rank));
        var spacing = new Spacing(((double[])[90, 1.5, 0.1083, 0.25]).AsSpan(4 - rank));
        foreach (VoxelType type in (VoxelType[])[VoxelType.UInt8, VoxelType.UInt16, VoxelType.Float32])
        {
            float[] voxels = [.. Enumerable.Range(0, (int)extent.Count).Select(index => type == VoxelType.Float32 ? index * 0.75f : index)];
            VolumeFile.Write(folder[name], new Volume(extent, spacing, voxels), type);
            string[] lines = OutsidePython.Run("check_plain.py", folder[name]);
            Assert.Equal($"sizes {string.Join(' ', extent.Sizes.ToArray())}", lines[0]);
            double[] steps = name.EndsWith(".npy", StringComparison.Ordinal) ? [.. Enumerable.Repeat(1.0, rank)] : spacing.Steps.ToArray();
            Assert.Equal(steps, Numbers(lines[1]));
            Assert.Equal($"type {type.ToString().ToLowerInvariant()}", lines[2]);
            Assert.Equal(type == VoxelType.UInt8 ? voxels.Select(voxel => Math.Min(255, voxel)) : voxels, Numbers(lines[3]).Select(number => (float)number));
        }
    }

    private static IEnumerable<double> Numbers(string line) => line.Split(' ')[1..].Select(word => double.Parse(word, CultureInfo.InvariantCulture));
}
