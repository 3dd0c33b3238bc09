namespace Morula.Tests.Formats;

/// <summary>A classic TIFF file put together byte by byte, so that it can be wrong in any way.</summary>
internal sealed record HandmadeTiff
{
    public int Width { get; init; }

    public int Height { get; init; }

    public int? HeightOfLast { get; init; }

    public int Bits { get; init; } = 8;

    public int Format { get; init; } = 1;

    public int Compression { get; init; } = 1;

    public string Description { get; init; } = "";

    public (uint Numerator, uint Denominator) Resolution { get; init; } = (1, 1);

    public int ResolutionUnit { get; init; } = 1;

    /// <summary>Bytes of each page, all in one strip.</summary>
    public byte[][] Planes { get; init; } = [];

    /// <summary>Whether the last page names the first as its next.</summary>
    public bool LastReturns { get; init; }

    public static void Write(string path, HandmadeTiff tiff)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("II*\0"u8);
        byte[] text = [.. tiff.Description.Select(letter => (byte)letter), 0];
        uint first = 16 + (uint)text.Length + 8;
        writer.Write(first);
        writer.Write(tiff.Resolution.Numerator);
        writer.Write(tiff.Resolution.Denominator);
        writer.Write(new byte[8]);
        writer.Write(text);
        const uint DirectoryBytes = 2 + (12 * 12) + 4;
        uint data = first + (DirectoryBytes * (uint)tiff.Planes.Length);
        for (int page = 0; page < tiff.Planes.Length; page++)
        {
            bool isLast = page == tiff.Planes.Length - 1;
            int height = isLast ? tiff.HeightOfLast ?? tiff.Height : tiff.Height;
            writer.Write((ushort)12);
            foreach ((int tag, int type, uint count, uint value) in (ReadOnlySpan<(int, int, uint, uint)>)[
                (256, 4, 1, (uint)tiff.Width), (257, 4, 1, (uint)height), (258, 3, 1, (uint)tiff.Bits),
                (259, 3, 1, (uint)tiff.Compression), (270, 2, (uint)text.Length, 24), (273, 4, 1, data), (278, 4, 1, (uint)height),
                (279, 4, 1, (uint)tiff.Planes[page].Length), (282, 5, 1, 8), (283, 5, 1, 8),
                (296, 3, 1, (uint)tiff.ResolutionUnit), (339, 3, 1, (uint)tiff.Format)])
            {
                writer.Write((ushort)tag);
                writer.Write((ushort)type);
                writer.Write(count);
                writer.Write(value);
            }

            data += (uint)tiff.Planes[page].Length;
            writer.Write(isLast ? (tiff.LastReturns ? first : 0) : (uint)stream.Position + 4);
        }

        foreach (byte[] plane in tiff.Planes) writer.Write(plane);
        File.WriteAllBytes(path, stream.ToArray());
    }
}
