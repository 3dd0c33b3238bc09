using System.Buffers.Binary;
using System.IO.Compression;
using Morula.Formats;
using Morula.Options;

namespace Morula.Fuzzing;

/// <summary>A parser of files of users, with whole files to damage.</summary>
/// <param name="Name">What the user of the fuzzer types.</param>
/// <param name="Samples">Whole files, by extension.</param>
/// <param name="Read">Reads a file in every way.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<(string Extension, byte[] Bytes)> Samples, Action<string> Read)
{
    private const int GzipShare = 2;

    /// <summary>A damaged file and its extension: a function of seed and number.</summary>
    public (string Extension, byte[] Bytes) Make(int seed, long number)
    {
        var random = new Random(unchecked((int)((seed * 1_000_003L) + number)));
        var (extension, whole) = Samples[random.Next(Samples.Count)];
        byte[][] others = [.. Samples.Select(sample => sample.Bytes)];
        if (extension == StoreBundle.Extension) return (extension, StoreBundle.Damage(whole, others, random));
        if (extension.EndsWith(".gz", StringComparison.Ordinal) && random.Next(GzipShare) == 0) return (extension, Pack(Mutator.Mutate(Unpack(whole), [.. others.Select(Unpack)], random)));
        if (extension == ".safetensors" && random.Next(4) > 0) return (extension, WithLength(whole, others, random));
        return (extension, Mutator.Mutate(whole, others, random));
    }

    /// <summary>Reads a file; whether it was refused as the documentation says.</summary>
    /// <exception cref="InvalidDataException">It was refused in more than one line.</exception>
    public bool IsRefused(string path)
    {
        try
        {
            Read(path);
            return false;
        }
        catch (Exception fault) when (fault is VolumeFormatException or OptionsException)
        {
            return fault.Message.Contains('\n', StringComparison.Ordinal) ? throw new InvalidDataException($"A message of several lines: {fault.Message}", fault) : true;
        }
    }

    // The header alone is damaged and its length stays true: else most inputs end at the length.
    private static byte[] WithLength(byte[] whole, byte[][] others, Random random)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(whole);
        byte[] header = Mutator.Mutate(whole[8..(8 + length)], others, random);
        byte[] count = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(count, header.Length);
        return [.. count, .. header, .. whole[(8 + length)..]];
    }

    private static byte[] Unpack(byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) return bytes;
        var plain = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private static byte[] Pack(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
