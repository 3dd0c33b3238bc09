using Morula.Volumes;

namespace Morula.Formats;

/// <summary>An open array of Zarr as an image, read chunk by chunk on all cores.</summary>
internal sealed class ZarrImage : IVolumeReader
{
    private readonly string path;
    private readonly ZarrAxes axes;
    private readonly ZarrArray array;

    private ZarrImage(string path, ZarrNode node)
    {
        this.path = path;
        axes = ZarrAxes.Of(path, node);
        array = new ZarrArray(node.Layout);
        Info = MakeInfo(node);
    }

    public VolumeInfo Info { get; }

    public Spacing Steps => axes.Steps.ToSpacing(4);

    public int[] Piece => [.. "TZYX".Select(letter => axes.Of(letter) is >= 0 and var axis ? array.Layout.Chunk[axis] : 1)];

    public static ZarrImage Open(string path) => new(path, ZarrNode.Open(path));

    public float[] ReadIntensities(VolumeSelection selection)
    {
        float[] voxels = Read<float>(selection, VoxelConversion.ToIntensities);
        if (Info.Type is VoxelType.Float32 or VoxelType.Float64) FiniteVoxels.Require(path, selection.Extent, voxels);
        return voxels;
    }

    public int[] ReadLabels(VolumeSelection selection) => Read<int>(selection, VoxelConversion.ToLabels);

    public void Dispose()
    {
        // Files are open only while they are read.
    }

    private TVoxel[] Read<TVoxel>(VolumeSelection selection, VoxelConversion.Convert<TVoxel> convert)
    {
        try
        {
            return new ZarrBlockReader<TVoxel>(array, axes, selection, convert).Read();
        }
        catch (OutOfMemoryException inner)
        {
            throw new VolumeFormatException(path, $"{selection.Extent} voxels do not fit into memory; read frame by frame or crop the file.", inner);
        }
    }

    private VolumeInfo MakeInfo(ZarrNode node)
    {
        ZarrLayout layout = array.Layout;
        int Size(char letter) => axes.Of(letter) is >= 0 and var axis ? layout.Shape[axis] : 1;
        int[] sizes = [Size('T'), Size('Z'), Size('Y'), Size('X')];
        int rank = sizes[0] > 1 ? 4 : sizes[1] > 1 ? 3 : 2;
        string letters = string.Concat(axes.Letters.Where(letter => letter is 'Y' or 'X' || (letter != ' ' && Size(letter) > 1)));
        return new VolumeInfo(letters, new Extent(sizes.AsSpan(4 - rank)), axes.Steps.ToSpacing(rank), layout.Type, Size('C'), sizes[0], sizes[1], axes.Steps.X is > 0 && axes.Steps.Y is > 0)
        {
            Layout = Words(node),
        };
    }

    private static string Words(ZarrNode node)
    {
        ZarrLayout layout = node.Layout;
        string image = node.Image is { } ome ? $"OME-Zarr {ome.Version}, level {node.Level} of {ome.Levels.Count}" : "array without OME metadata";
        string packing = layout.Codecs.Count > 0 ? string.Join(", ", layout.Codecs.Select(codec => codec.Name)) : "not packed";
        string shard = layout.Shard is { } sizes ? $" in shards of {string.Join(" x ", sizes)}" : "";
        return $"Zarr {layout.Version}, {image}, chunks of {string.Join(" x ", layout.Chunk)}{shard}, {packing}";
    }
}
