using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Morula.Formats;
using Morula.Measuring;

namespace Morula.Model;

/// <summary>The safetensors container: a length, a JSON header that names every array, then the arrays (Hugging Face, safetensors format 0.x).</summary>
internal static class SafeTensors
{
    private const string MetadataKey = "__metadata__";
    private const int LargestHeader = 100_000_000;
    private const int SmallestFile = 10; // a length and {}

    public static void Write(Stream stream, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<NamedArray> arrays)
    {
        var header = new Dictionary<string, object>(StringComparer.Ordinal) { [MetadataKey] = metadata };
        long offset = 0;
        foreach (NamedArray array in arrays)
        {
            header.Add(array.Name, new { dtype = array.Kind, shape = array.Shape, data_offsets = new[] { offset, offset + array.Length } });
            offset += array.Length;
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        // The arrays start on a multiple of 8 bytes; spaces are allowed behind the JSON.
        byte[] padding = [.. Enumerable.Repeat((byte)' ', (8 - (json.Length % 8)) % 8)];
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length + padding.Length);
        stream.Write(length);
        stream.Write(json);
        stream.Write(padding);
        foreach (NamedArray array in arrays)
        {
            array.Write(stream);
            HostGarbage.Collect();
        }
    }

    public static (Dictionary<string, string> Metadata, Dictionary<string, NamedArray> Arrays) Read(string path)
    {
        using FileStream file = Open(path);
        if (file.Length < SmallestFile) throw Truncated(path, $"it has {file.Length} bytes");
        Span<byte> start = stackalloc byte[9];
        file.ReadExactly(start);
        long length = BinaryPrimitives.ReadInt64LittleEndian(start);
        if (length is < 2 or > LargestHeader || start[8] != (byte)'{')
            throw new VolumeFormatException(path, "this is not a safetensors file (no JSON header follows the first 8 bytes); give a checkpoint written by train.");
        if (8 + length > file.Length) throw Truncated(path, $"the header alone needs {8 + length} bytes, the file has {file.Length}");
        byte[] json = new byte[length];
        file.Position = 8;
        file.ReadExactly(json);
        try
        {
            using JsonDocument header = JsonDocument.Parse(json);
            return Parse(path, file.Length, 8 + length, header.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new VolumeFormatException(path, $"the header is damaged ({error.Message.ReplaceLineEndings(" ")}); copy the file again or use another checkpoint.", error);
        }
    }

    private static (Dictionary<string, string> Metadata, Dictionary<string, NamedArray> Arrays) Parse(string path, long fileLength, long start, JsonElement header)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var arrays = new Dictionary<string, NamedArray>(StringComparer.Ordinal);
        foreach (JsonProperty entry in header.EnumerateObject())
        {
            if (entry.Name == MetadataKey)
            {
                foreach (JsonProperty pair in entry.Value.EnumerateObject()) metadata[pair.Name] = pair.Value.GetString() ?? string.Empty;
                continue;
            }

            long[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(value => value.GetInt64())];
            long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(value => value.GetInt64())];
            if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0]) throw new FormatException($"the offsets of {entry.Name} are absurd");
            // Written so that absurd offsets do not overflow.
            if (offsets[1] > fileLength - start) throw Truncated(path, $"{entry.Name} ends {offsets[1]} bytes behind the header, the file {fileLength - start}");
            string kind = entry.Value.GetProperty("dtype").GetString() ?? string.Empty;
            arrays[entry.Name] = NamedArray.InFile(entry.Name, kind, shape, path, start + offsets[0], offsets[1] - offsets[0]);
        }

        return (metadata, arrays);
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new VolumeFormatException(path, "there is no such checkpoint; train writes RUN/best.safetensors and RUN/last.safetensors.", error);
        }
    }

    private static VolumeFormatException Truncated(string path, string found) =>
        new(path, $"the checkpoint is truncated: {found}; copy the file again or use another checkpoint.");
}
