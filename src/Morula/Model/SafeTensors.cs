using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Morula.Formats;

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
            header.Add(array.Name, new { dtype = array.Kind, shape = array.Shape, data_offsets = new[] { offset, offset + array.Bytes.Length } });
            offset += array.Bytes.Length;
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        // The arrays start on a multiple of 8 bytes; spaces are allowed behind the JSON.
        byte[] padding = [.. Enumerable.Repeat((byte)' ', (8 - (json.Length % 8)) % 8)];
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length + padding.Length);
        stream.Write(length);
        stream.Write(json);
        stream.Write(padding);
        foreach (NamedArray array in arrays) stream.Write(array.Bytes);
    }

    public static (Dictionary<string, string> Metadata, Dictionary<string, NamedArray> Arrays) Read(string path)
    {
        byte[] file = ReadFile(path);
        if (file.Length < SmallestFile) throw Truncated(path, $"it has {file.Length} bytes");
        long length = BinaryPrimitives.ReadInt64LittleEndian(file);
        if (length is < 2 or > LargestHeader || file[8] != (byte)'{')
            throw new VolumeFormatException(path, "this is not a safetensors file (no JSON header follows the first 8 bytes); give a checkpoint written by train.");
        if (8 + length > file.Length) throw Truncated(path, $"the header alone needs {8 + length} bytes, the file has {file.Length}");
        try
        {
            using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, (int)length));
            return Parse(path, file, (int)(8 + length), header.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new VolumeFormatException(path, $"the header is damaged ({error.Message.ReplaceLineEndings(" ")}); copy the file again or use another checkpoint.", error);
        }
    }

    private static (Dictionary<string, string> Metadata, Dictionary<string, NamedArray> Arrays) Parse(string path, byte[] file, int start, JsonElement header)
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
            if (offsets[1] > file.Length - start) throw Truncated(path, $"{entry.Name} ends {offsets[1]} bytes behind the header, the file {file.Length - start}");
            byte[] bytes = file[(int)(start + offsets[0])..(int)(start + offsets[1])];
            arrays[entry.Name] = new NamedArray(entry.Name, entry.Value.GetProperty("dtype").GetString() ?? string.Empty, shape, bytes);
        }

        return (metadata, arrays);
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new VolumeFormatException(path, "there is no such checkpoint; train writes RUN/best.safetensors and RUN/last.safetensors.", error);
        }
    }

    private static VolumeFormatException Truncated(string path, string found) =>
        new(path, $"the checkpoint is truncated: {found}; copy the file again or use another checkpoint.");

    /// <summary>One array of the container.</summary>
    internal sealed record NamedArray(string Name, string Kind, long[] Shape, byte[] Bytes)
    {
        public static NamedArray Of(string name, long[] shape, ReadOnlySpan<float> values) => new(name, "F32", shape, MemoryMarshal.AsBytes(values).ToArray());

        public static NamedArray Of(string name, byte[] bytes) => new(name, "U8", [bytes.LongLength], bytes);
    }
}
