namespace Morula.Formats;

/// <summary>Turns a directory into a page whose numbers can be trusted: they fit the file and one another.</summary>
internal static class TiffPageParser
{
    private const int MostSamples = 1024;

    public static TiffPage Parse(TiffSource source, TiffDirectory directory)
    {
        bool tiled = directory.Has(TiffTag.TileWidth);
        int width = Size(directory, TiffTag.ImageWidth, 0);
        int height = Size(directory, TiffTag.ImageLength, 0);
        long samples = directory.Number(TiffTag.SamplesPerPixel, 1);
        if (samples is < 1 or > MostSamples) throw directory.Fault($"has {samples} values per pixel");
        long[] offsets = directory.Numbers(tiled ? TiffTag.TileOffsets : TiffTag.StripOffsets) ?? throw directory.Fault("does not say where its voxels lie");
        if (directory.Number(TiffTag.FillOrder, 1) != 1) throw source.Fault($"page {directory.Index} stores its bits in reverse (FillOrder 2), which is not read; save the file again.");
        var page = new TiffPage
        {
            Index = directory.Index,
            Width = width,
            Height = height,
            Type = TypeOf(source, directory),
            Samples = (int)samples,
            IsSeparate = samples > 1 && directory.Number(TiffTag.PlanarConfiguration, 1) == 2,
            Compression = CompressionOf(source, directory),
            Predictor = (int)Math.Min(directory.Number(TiffTag.Predictor, 1), int.MaxValue),
            IsTiled = tiled,
            ChunkWidth = tiled ? Size(directory, TiffTag.TileWidth, 0) : width,
            ChunkHeight = tiled ? Size(directory, TiffTag.TileLength, 0) : StripHeight(directory, height),
            Offsets = offsets,
            Counts = directory.Numbers(tiled ? TiffTag.TileByteCounts : TiffTag.StripByteCounts) ?? [],
        };
        RequireChunks(source, directory, page);
        return page;
    }

    private static int Size(TiffDirectory directory, TiffTag tag, long missing)
    {
        long size = directory.Number(tag, missing);
        return size is >= 1 and <= int.MaxValue ? (int)size : throw directory.Fault($"has a {tag} of {size}");
    }

    private static int StripHeight(TiffDirectory directory, int height)
    {
        long rows = directory.Number(TiffTag.RowsPerStrip, height);
        if (rows < 1) throw directory.Fault("has strips without rows");
        return (int)Math.Min(rows, height);
    }

    private static VoxelType TypeOf(TiffSource source, TiffDirectory directory)
    {
        long[] bits = directory.Numbers(TiffTag.BitsPerSample) ?? [1];
        if (bits.Length == 0 || bits.Any(other => other != bits[0])) throw directory.Fault("mixes voxels of different widths");
        long format = directory.Number(TiffTag.SampleFormat, 1);
        return (format, bits[0]) switch
        {
            (1 or 4, 8) => VoxelType.UInt8,
            (1 or 4, 16) => VoxelType.UInt16,
            (1 or 4, 32) => VoxelType.UInt32,
            (1 or 4, 64) => VoxelType.UInt64,
            (2, 8) => VoxelType.Int8,
            (2, 16) => VoxelType.Int16,
            (2, 32) => VoxelType.Int32,
            (2, 64) => VoxelType.Int64,
            (3, 32) => VoxelType.Float32,
            (3, 64) => VoxelType.Float64,
            _ => throw source.Fault($"page {directory.Index} has voxels of {bits[0]} bits (sample format {format}), which are not read; save as 8 or 16 bit or as 32-bit float."),
        };
    }

    private static TiffCompression CompressionOf(TiffSource source, TiffDirectory directory)
    {
        long code = directory.Number(TiffTag.Compression, 1);
        if (code <= int.MaxValue && Enum.IsDefined((TiffCompression)code)) return (TiffCompression)code;
        string name = code switch
        {
            2 or 3 or 4 => "CCITT fax",
            6 or 7 or 34892 => "JPEG",
            34925 => "LZMA",
            34926 or 50000 => "Zstandard",
            33003 or 33004 or 33005 or 34712 => "JPEG 2000",
            34887 => "LERC",
            50001 => "WebP",
            50002 or 52546 => "JPEG XL",
            _ => "unknown",
        };
        throw source.Fault($"page {directory.Index} has {name} compression (code {code}), which is not read; save the file with deflate, LZW or no compression.");
    }

    private static void RequireChunks(TiffSource source, TiffDirectory directory, TiffPage page)
    {
        if ((long)page.ChunksAcross * page.ChunksDown * (page.IsSeparate ? page.Samples : 1) is var wanted && wanted > page.Offsets.LongLength)
            throw directory.Fault($"needs {wanted} strips or tiles for {page} but lists {page.Offsets.LongLength}");
        bool raw = page.Compression == TiffCompression.None;
        if (!raw && page.Counts.LongLength < wanted) throw directory.Fault($"lists {page.Counts.LongLength} sizes for {wanted} strips or tiles");
        for (int chunk = 0; chunk < wanted; chunk++)
        {
            long bytes = (long)page.RowsOf(chunk) * page.ChunkWidth;
            if (bytes > int.MaxValue / (page.SamplesPerChunk * page.VoxelBytes)) throw directory.Fault($"has a strip or tile of {bytes} pixels");
            bytes = page.BytesOf(chunk);
            source.Require(page.Offsets[chunk], raw ? bytes : page.Counts[chunk]);
            if (!raw && (page.Counts[chunk] > int.MaxValue / 2 || bytes > MostBytes(page.Compression, page.Counts[chunk])))
                throw directory.Fault($"packs {bytes} bytes into {page.Counts[chunk]}, more than its compression can");
        }
    }

    // The longest output per input of each code: a header must not make us reserve what its data cannot fill.
    private static long MostBytes(TiffCompression compression, long encoded) => compression switch
    {
        TiffCompression.PackBits => encoded * 64,
        TiffCompression.Lzw => encoded * 2600,
        _ => encoded * 1040,
    };
}
