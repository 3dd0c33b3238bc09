using Morula.Volumes;

namespace Morula.Formats;

/// <summary>An open file of plain voxels behind a header.</summary>
internal sealed class RawImage : IVolumeReader
{
    private readonly RawHeader header;
    private readonly RawSource source;
    private readonly Lock gate = new();

    private RawImage(RawHeader header, RawSource source)
    {
        this.header = header;
        this.source = source;
        Info = header.ToInfo();
    }

    public VolumeInfo Info { get; }

    public Spacing Steps => header.Steps.ToSpacing(4);

    /// <summary>Whole planes: rows follow each other.</summary>
    public int[] Piece => header.IsFirstFastest ? header.Sizes : [1, 1, .. header.Sizes[2..]];

    public bool IsSequential => header.Packing != RawPacking.None || header.IsFirstFastest;

    // Where only the voxels are packed, their first byte is that of what is unpacked.
    private long First => header.Packing == RawPacking.Zlib ? 0 : header.Offset;

    /// <summary>Opens a file whose header <paramref name="read"/> understands.</summary>
    public static RawImage Open(string path, Func<string, RawHeader> read)
    {
        RawHeader header = read(path);
        RawSource source = RawSource.Open(header.DataPath, header.Packing, header.Packing == RawPacking.Zlib ? header.Offset : 0);
        try
        {
            var image = new RawImage(header, source);
            source.RequireRoom(image.First, header.Bytes);
            return image;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public float[] ReadIntensities(VolumeSelection selection)
    {
        float[] voxels = Read<float>(selection, VoxelConversion.ToIntensities);
        if (header.IsScaled)
        {
            for (int index = 0; index < voxels.Length; index++) voxels[index] = (float)((voxels[index] * header.Slope) + header.Intercept);
        }

        if (Info.Type is VoxelType.Float32 or VoxelType.Float64) FiniteVoxels.Require(source.Path, selection.Extent, voxels);
        return voxels;
    }

    public int[] ReadLabels(VolumeSelection selection) => Read<int>(selection, VoxelConversion.ToLabels);

    public void Dispose() => source.Dispose();

    private TVoxel[] Read<TVoxel>(VolumeSelection selection, VoxelConversion.Convert<TVoxel> convert)
    {
        try
        {
            var voxels = new TVoxel[selection.Extent.Count];
            lock (gate)
            {
                if (header.IsFirstFastest) ReadTurned(selection.Part, convert, voxels);
                else ReadPlanes(selection, convert, voxels);
            }

            return voxels;
        }
        catch (OutOfMemoryException inner)
        {
            throw new VolumeFormatException(source.Path, $"{selection.Extent} voxels do not fit into memory; read frame by frame or crop the file.", inner);
        }
    }

    private void ReadPlanes<TVoxel>(VolumeSelection selection, VoxelConversion.Convert<TVoxel> convert, Span<TVoxel> voxels)
    {
        Block part = selection.Part;
        int before = header.IsInterleaved ? 0 : selection.Channel * header.Sizes[0];
        int plane = part.Extent[2] * part.Extent[3];
        for (int frame = part.Lower[0]; frame < part.Upper[0]; frame++)
        {
            for (int slice = part.Lower[1]; slice < part.Upper[1]; slice++)
            {
                long firstRow = ((((long)before + frame) * header.Sizes[1]) + slice) * header.Sizes[2];
                ReadRows(selection, firstRow, convert, voxels[..plane]);
                voxels = voxels[plane..];
            }
        }
    }

    // Offsets ascend, so that a packed file is read from front to back.
    private void ReadRows<TVoxel>(VolumeSelection selection, long firstRow, VoxelConversion.Convert<TVoxel> convert, Span<TVoxel> voxels)
    {
        Block part = selection.Part;
        int step = header.IsInterleaved ? header.Channels : 1;
        long rowBytes = (long)header.Sizes[3] * step * header.VoxelBytes;
        if (rowBytes > Array.MaxLength) throw source.Fault($"rows of {rowBytes} bytes are too long; crop the file.");
        int skipped = ((part.Lower[3] * step) + (header.IsInterleaved ? selection.Channel : 0)) * header.VoxelBytes;
        int columns = part.Extent[3];
        // Whole rows are converted together.
        bool isWhole = columns == header.Sizes[3];
        int together = (int)Math.Clamp((1 << 20) / rowBytes, 1, part.Extent[2]);
        var stored = new byte[together * rowBytes];
        for (int row = part.Lower[2]; row < part.Upper[2]; row += together)
        {
            int count = Math.Min(together, part.Upper[2] - row);
            Span<byte> bytes = stored.AsSpan(0, (int)(count * rowBytes));
            source.Read(First + ((firstRow + row) * rowBytes), bytes);
            if (header.IsBigEndian) ByteOrder.Reverse(bytes, header.VoxelBytes);
            Span<TVoxel> target = voxels.Slice((row - part.Lower[2]) * columns, count * columns);
            if (isWhole) Require(convert(header.Type, bytes[skipped..], step, target));
            for (int line = 0; line < count && !isWhole; line++)
                Require(convert(header.Type, bytes[(int)((line * rowBytes) + skipped)..], step, target.Slice(line * columns, columns)));
        }
    }

    private void ReadTurned<TVoxel>(Block part, VoxelConversion.Convert<TVoxel> convert, TVoxel[] voxels)
    {
        if (header.Bytes > Array.MaxLength) throw source.Fault($"{header.Bytes} bytes in Fortran order are too many; save it in C order (numpy.ascontiguousarray).");
        var stored = new byte[header.Bytes];
        source.Read(First, stored);
        if (header.IsBigEndian) ByteOrder.Reverse(stored, header.VoxelBytes);
        var turned = new TVoxel[header.Bytes / header.VoxelBytes];
        Require(convert(header.Type, stored, 1, turned));
        int[] sizes = header.Sizes;
        long next = 0;
        for (int t = part.Lower[0]; t < part.Upper[0]; t++)
        {
            for (int z = part.Lower[1]; z < part.Upper[1]; z++)
            {
                for (int y = part.Lower[2]; y < part.Upper[2]; y++)
                {
                    for (int x = part.Lower[3]; x < part.Upper[3]; x++)
                        voxels[next++] = turned[t + (sizes[0] * (z + (sizes[1] * (y + ((long)sizes[2] * x)))))];
                }
            }
        }
    }

    private void Require(bool fits)
    {
        if (!fits) throw source.Fault($"has a label below 0 or above {int.MaxValue}; renumber the labels.");
    }
}
