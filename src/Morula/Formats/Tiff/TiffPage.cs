namespace Morula.Formats;

/// <summary>One page of a TIFF file: its sizes, the type of its voxels and where its chunks (strips or tiles) lie.</summary>
internal sealed record TiffPage
{
    public required int Index { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required VoxelType Type { get; init; }

    /// <summary>Values per pixel, read as channels.</summary>
    public required int Samples { get; init; }

    /// <summary>Whether each sample has chunks of its own instead of being interleaved.</summary>
    public required bool IsSeparate { get; init; }

    public required TiffCompression Compression { get; init; }

    public required int Predictor { get; init; }

    public required bool IsTiled { get; init; }

    public required int ChunkWidth { get; init; }

    public required int ChunkHeight { get; init; }

    public required long[] Offsets { get; init; }

    /// <summary>Encoded bytes per chunk; not looked at where nothing is compressed.</summary>
    public required long[] Counts { get; init; }

    public int ChunksAcross => ((Width - 1) / ChunkWidth) + 1;

    public int ChunksDown => ((Height - 1) / ChunkHeight) + 1;

    /// <summary>Chunks that hold one sample (or all of them where they are interleaved).</summary>
    public int ChunksPerPlane => ChunksAcross * ChunksDown;

    public int SamplesPerChunk => IsSeparate ? 1 : Samples;

    public int VoxelBytes => SizeOf(Type);

    /// <summary>Bytes of the whole page when decoded, without the padding of tiles.</summary>
    public long Bytes => (long)Width * Height * Samples * VoxelBytes;

    /// <summary>Bytes of the page in the file.</summary>
    public long EncodedBytes => Compression == TiffCompression.None ? Bytes : Counts.Take(ChunkCount).Sum();

    /// <summary>Chunks of the whole page.</summary>
    public int ChunkCount => ChunksPerPlane * (IsSeparate ? Samples : 1);

    public static int SizeOf(VoxelType type) => type switch
    {
        VoxelType.UInt8 or VoxelType.Int8 => 1,
        VoxelType.UInt16 or VoxelType.Int16 => 2,
        VoxelType.UInt32 or VoxelType.Int32 or VoxelType.Float32 => 4,
        _ => 8,
    };

    /// <summary>Rows stored in a chunk: tiles are padded, the last strip is short.</summary>
    public int RowsOf(int chunk) =>
        IsTiled ? ChunkHeight : Math.Min(ChunkHeight, Height - (chunk % ChunksPerPlane * ChunkHeight));

    public long BytesOf(int chunk) => (long)RowsOf(chunk) * ChunkWidth * SamplesPerChunk * VoxelBytes;

    /// <summary>Whether the page is one run of raw bytes, so that further planes may follow without pages of their own.</summary>
    public bool IsOneRun()
    {
        if (Compression != TiffCompression.None || IsTiled) return false;
        for (int chunk = 1; chunk < Offsets.Length; chunk++)
        {
            if (Offsets[chunk] != Offsets[chunk - 1] + BytesOf(chunk - 1)) return false;
        }

        return true;
    }

    /// <summary>The page that would describe the raw plane <paramref name="steps"/> planes further on.</summary>
    public TiffPage After(int steps) => this with
    {
        Index = Index + steps,
        Offsets = [.. Offsets.Select(offset => offset + (steps * Bytes))],
    };

    public bool IsLike(TiffPage other) =>
        Width == other.Width && Height == other.Height && Type == other.Type && Samples == other.Samples;

    public override string ToString() => $"{Height} x {Width} {Type}" + (Samples > 1 ? $" x {Samples} samples" : "");
}
