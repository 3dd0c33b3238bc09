using Morula.Formats;
using Morula.Model;
using Morula.Volumes;

namespace Morula.Streaming;

/// <summary>
/// Detections in a file: "MORULA1D", then little-endian 32-bit numbers: rank, count, sizes of a mask, boxes, scores, classes, masks.
/// Events of movies are not kept.
/// </summary>
internal static class DetectionFile
{
    private const long Signature = 0x4431414C55524F4D;
    private const int MostRank = 4;

    /// <summary>Writes them, whole or not at all.</summary>
    public static void Write(string path, Detections detections) => AtomicFile.Write(path, stream =>
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Signature);
        writer.Write(detections.Rank);
        writer.Write(detections.Count);
        foreach (int size in detections.MaskExtent.Sizes) writer.Write(size);
        writer.Write(Bytes(detections.Boxes));
        writer.Write(Bytes(detections.Scores));
        writer.Write(Bytes(detections.Classes));
        writer.Write(Bytes(detections.Masks));
    });

    /// <summary>Reads them.</summary>
    /// <param name="path">Written by <see cref="Write"/>.</param>
    /// <param name="hasMasks">Whether masks are read too; without, they are empty.</param>
    /// <exception cref="VolumeFormatException">The file is missing or damaged.</exception>
    public static Detections Read(string path, bool hasMasks = true)
    {
        try
        {
            using var reader = new BinaryReader(File.OpenRead(path));
            if (reader.ReadInt64() != Signature) throw new VolumeFormatException(path, "holds no detections; remove it and repeat the command.");
            var (rank, count) = (reader.ReadInt32(), reader.ReadInt32());
            if (rank is < 2 or > MostRank || count < 0) throw new InvalidDataException();
            var extent = new Extent([.. Enumerable.Range(0, rank).Select(_ => reader.ReadInt32())]);
            long expected = reader.BaseStream.Position + (4L * count * ((2 * rank) + 2 + extent.Count));
            if (extent.Count <= 0 || reader.BaseStream.Length != expected) throw new InvalidDataException();
            float[] boxes = Numbers<float>(reader, 2 * rank * count);
            float[] scores = Numbers<float>(reader, count);
            int[] classes = Numbers<int>(reader, count);
            return new Detections(rank, boxes, scores, classes, extent, hasMasks ? Numbers<float>(reader, checked((int)(count * extent.Count))) : []);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or OverflowException)
        {
            throw DamagedPart.Of(path, fault);
        }
    }

    private static ReadOnlySpan<byte> Bytes<TNumber>(TNumber[] numbers)
        where TNumber : unmanaged => System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers.AsSpan());

    private static TNumber[] Numbers<TNumber>(BinaryReader reader, int count)
        where TNumber : unmanaged
    {
        var numbers = new TNumber[count];
        reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }
}
