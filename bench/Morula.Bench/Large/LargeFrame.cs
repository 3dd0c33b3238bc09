using Morula.Formats;
using Morula.Synthesis;
using Morula.Volumes;

namespace Morula.Bench.Large;

/// <summary>
/// A frame larger than memory: a ball full of hard synthetic embryos side by side, twice as finely sampled as they were made, in a dark field with
/// the noise of a camera, written piece by piece.
/// </summary>
/// <param name="extent">Sizes of the frame.</param>
/// <param name="seed">Of the embryos and of who lies where.</param>
internal sealed class LargeFrame(Extent extent, int seed)
{
    private const int Fineness = 2;
    private const int Kinds = 12;
    private const double Radius = 0.9;
    private static readonly EmbryoOptions Embryo = EmbryoOptions.Hard;

    private readonly Volume[] kinds = [.. Enumerable.Range(0, Kinds).Select(kind => Finer(EmbryoScene.Create(Embryo, new Random(seed + kind)).Image)), Finer(Dark(seed))];

    /// <summary>Writes it as 16-bit integers; the format is that of the file's name.</summary>
    public void Write(string path) => VolumeFile.WriteImage(path, extent, kinds[0].Spacing, VoxelType.UInt16, Read, kinds[0].Extent);

    private static Volume Finer(Volume image) => image.Resample(new Extent([.. image.Extent.Sizes.ToArray().Select(size => Fineness * size)]));

    // What an embryo's image shows far away from it.
    private static Volume Dark(int seed)
    {
        EmbryoScene scene = EmbryoScene.Create(Embryo, new Random(seed));
        float[] outside = [.. scene.Image.Voxels.Where((_, voxel) => scene.Labels.Voxels[voxel] == 0).Order()];
        var random = new Random(seed);
        float[] darker = outside[..Math.Max(1, outside.Length / 2)];
        return new Volume(scene.Image.Extent, scene.Image.Spacing, [.. scene.Image.Voxels.Select(_ => darker[random.Next(darker.Length)])]);
    }

    private Volume Read(Block block)
    {
        var image = new Volume(block.Extent, kinds[0].Spacing);
        Extent side = kinds[0].Extent;
        long[] strides = image.Extent.Strides();
        Parallel.For(block.Lower[0], block.Upper[0], z =>
        {
            for (int y = block.Lower[1]; y < block.Upper[1]; y++)
            {
                for (int x = block.Lower[2]; x < block.Upper[2];)
                {
                    int end = Math.Min(block.Upper[2], ((x / side[2]) + 1) * side[2]);
                    Volume kind = kinds[Kind(z / side[0], y / side[1], x / side[2])];
                    int from = ((((z % side[0]) * side[1]) + (y % side[1])) * side[2]) + (x % side[2]);
                    int to = (int)(((z - block.Lower[0]) * strides[0]) + ((y - block.Lower[1]) * strides[1]) + x - block.Lower[2]);
                    // 12 bits, as a camera has.
                    for (int index = 0; index < end - x; index++) image.Voxels[to + index] = 16 * kind.Voxels[from + index];
                    x = end;
                }
            }
        });
        return image;
    }

    // The last kind is an empty field.
    private int Kind(int z, int y, int x)
    {
        int[] counts = [.. kinds[0].Extent.Sizes.ToArray().Select((size, axis) => (extent[axis] + size - 1) / size)];
        double away = ((int[])[z, y, x]).Select((place, axis) => ((2 * place) + 1.0 - counts[axis]) / counts[axis]).Sum(part => part * part);
        if (away > Radius * Radius) return Kinds;
        uint mixed = (uint)seed;
        foreach (int place in (int[])[z, y, x]) mixed = unchecked(((mixed ^ (uint)place) * 2654435761u) + 12345u);
        return (int)((mixed >> 8) % Kinds);
    }
}
