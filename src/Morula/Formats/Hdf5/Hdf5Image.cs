using PureHDF;
using PureHDF.Selections;
using PureHDF.VOL.Native;
using Morula.Volumes;

namespace Morula.Formats;

/// <summary>A dataset of an open HDF5 file. The library is asked by one thread at a time and gives bytes as they are stored.</summary>
internal sealed class Hdf5Image : IVolumeReader
{
    private const int TogetherBytes = 8 << 20;
    private const int CachedBytes = 64 << 20;

    private readonly string path;
    private readonly Hdf5Stream stream;
    private readonly NativeFile file;
    private readonly NativeDataset dataset;
    private readonly Hdf5Layout layout;
    private readonly bool isForeignOrder;
    private readonly H5DatasetAccess access = new(ChunkCache: new ChunkStore(CachedBytes));
    private readonly Lock gate = new();

    private Hdf5Image(string path, Hdf5Stream stream, NativeFile file, VolumeKind kind)
    {
        (this.path, this.stream, this.file) = (path, stream, file);
        dataset = Hdf5Contents.Choose(Hdf5Path.Of(path).File, file, Hdf5Path.Of(path).Dataset, kind);
        layout = Hdf5Layout.Read(path, dataset, stream.Length);
        isForeignOrder = Hdf5Bytes.AreForeign(dataset, layout.Type);
        Info = layout.ToInfo();
    }

    public VolumeInfo Info { get; }

    public Spacing Steps => layout.Steps.ToSpacing(4);

    public int[] Piece => layout.Piece;

    /// <summary>Opens the dataset that the path names or that must be meant.</summary>
    public static Hdf5Image Open(string path, VolumeKind kind)
    {
        string name = Hdf5Path.Of(path).File;
        Hdf5Stream stream = Hdf5Stream.Open(name);
        try
        {
            return Hdf5Fault.Guard(name, () => new Hdf5Image(path, stream, H5File.Open(stream, leaveOpen: true), kind));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public float[] ReadIntensities(VolumeSelection selection)
    {
        float[] voxels = Read<float>(selection, VoxelConversion.ToIntensities);
        if (Info.Type is VoxelType.Float32 or VoxelType.Float64) FiniteVoxels.Require(path, selection.Extent, voxels);
        return voxels;
    }

    public int[] ReadLabels(VolumeSelection selection) => Read<int>(selection, VoxelConversion.ToLabels);

    public void Dispose()
    {
        file.Dispose();
        stream.Dispose();
    }

    // Slices that share chunks are read together, and one slab after the other, so that little more than the voxels is in memory.
    private TVoxel[] Read<TVoxel>(VolumeSelection selection, VoxelConversion.Convert<TVoxel> convert) => Hdf5Fault.Guard(path, () =>
    {
        var voxels = new TVoxel[selection.Extent.Count];
        Block part = selection.Part;
        long plane = (long)part.Extent[2] * part.Extent[3];
        int together = layout.Piece[1] > 1 ? layout.Piece[1] : (int)Math.Max(1, TogetherBytes / (plane * RawHeader.BytesOf(layout.Type)));
        int done = 0;
        lock (gate)
        {
            stream.Renew();
            for (int frame = part.Lower[0]; frame < part.Upper[0]; frame++)
            {
                for (int slice = part.Lower[1], next; slice < part.Upper[1]; slice = next)
                {
                    next = (int)Math.Min(part.Upper[1], (((long)slice / together) + 1) * together);
                    var slab = new Block([frame, slice, .. part.Lower[2..]], [frame + 1, next, .. part.Upper[2..]]);
                    int count = (int)slab.Extent.Count;
                    ReadSlab(slab, selection.Channel, convert, voxels.AsSpan(done, count));
                    done += count;
                }
            }
        }

        return voxels;
    });

    private void ReadSlab<TVoxel>(Block slab, int channel, VoxelConversion.Convert<TVoxel> convert, Span<TVoxel> target)
    {
        ulong[] starts = [.. layout.Stored.Select(axis => (ulong)(axis == Hdf5Layout.Channel ? channel : slab.Lower[axis]))];
        int[] sizes = [.. layout.Stored.Select(axis => axis == Hdf5Layout.Channel ? 1 : slab.Extent[axis])];
        var bytes = new byte[checked(target.Length * RawHeader.BytesOf(layout.Type))];
        var region = new HyperslabSelection(sizes.Length, starts, [.. sizes.Select(size => (ulong)size)]);
        dataset.Read<byte>(access, bytes.AsSpan(), region);
        if (isForeignOrder) ByteOrder.Reverse(bytes, RawHeader.BytesOf(layout.Type));
        bool isPlain = layout.IsInOrder;
        Span<TVoxel> voxels = isPlain ? target : new TVoxel[target.Length];
        if (!convert(layout.Type, bytes, 1, voxels)) throw new VolumeFormatException(path, $"has a label below 0 or above {int.MaxValue}; renumber the labels.");
        if (!isPlain) Turn(voxels, sizes, slab.Extent, target);
    }

    private void Turn<TVoxel>(ReadOnlySpan<TVoxel> stored, int[] sizes, Extent slab, Span<TVoxel> target)
    {
        long[] strides = slab.Strides();
        var place = new int[sizes.Length];
        foreach (TVoxel voxel in stored)
        {
            long at = 0;
            for (int axis = 0; axis < sizes.Length; axis++) at += layout.Stored[axis] == Hdf5Layout.Channel ? 0 : place[axis] * strides[layout.Stored[axis]];
            target[(int)at] = voxel;
            for (int axis = sizes.Length - 1; axis >= 0 && ++place[axis] == sizes[axis]; axis--) place[axis] = 0;
        }
    }
}
