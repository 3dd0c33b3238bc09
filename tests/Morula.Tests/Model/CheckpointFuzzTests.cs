using System.Buffers.Binary;
using System.Text;
using Morula.Formats;
using Morula.Model;
using Morula.Tests.Formats;
using Xunit;

namespace Morula.Tests.Model;

/// <summary>Damaged checkpoints: whatever a file holds, it is read or refused in one way.</summary>
public sealed class CheckpointFuzzTests
{
    private static readonly string[] Scraps =
    [
        "9223372036854775807", "-1", "-9223372036854775808", "99999999999999999999", "1e400", "0.5", "null", "true", "[]", "{}", "[0]", "\"\"", "\"\\ud800\"",
        "{\"a\":{}}", ",", ":", "\"__metadata__\"", "\0", "\uffff", "2147483647", "[9223372036854775800,9223372036854775807]",
    ];

    /// <summary>A checkpoint of a few hundred bytes.</summary>
    internal static byte[] Sample { get; } = MakeSample();

    [Fact]
    public void A_damaged_file_is_read_or_refused_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(11);
        int refused = 0;
        for (int trial = 0; trial < 2500; trial++)
        {
            byte[] file = Damage(random);
            File.WriteAllBytes(folder["a"], file);
            try
            {
                _ = Checkpoint.Load(folder["a"]).OptimizerState;
            }
            catch (VolumeFormatException error)
            {
                refused++;
                Assert.StartsWith(folder["a"], error.Message, StringComparison.Ordinal);
            }
#pragma warning disable CA1031 // Any other type is the failure looked for.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Assert.Fail($"Trial {trial}: {error.GetType().Name} {error.Message} for {Convert.ToBase64String(file)}");
            }
        }

        Assert.InRange(refused, 600, 2490);
    }

    [Theory]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,9223372036854775807]}}")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[9223372036854775800,9223372036854775807]}}")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[1]}}")]
    [InlineData("{\"w\":{\"dtype\":4,\"shape\":[1],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"w\":[]}")]
    [InlineData("{\"__metadata__\":{\"morula.format\":1}}")]
    [InlineData("{\"__metadata__\":7}")]
    [InlineData("{}")]
    [InlineData("{]")]
    public void An_absurd_header_is_refused(string header)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a"], CheckpointTests.Container(header, 8));
        Assert.Throws<VolumeFormatException>(() => Checkpoint.Load(folder["a"]));
    }

    private static byte[] MakeSample()
    {
        using var stream = new MemoryStream();
        SafeTensors.Write(
            stream,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["morula.format"] = "1", ["morula.options"] = "{\"Preset\":\"lean\"}" },
            [NamedArray.Of("a.weight", [2, 3], () => [1, 2, 3, 4, 5, 6]), NamedArray.Of("optimizer.state", 5, file => file.Write([1, 2, 3, 4, 5]))]);
        return stream.ToArray();
    }

    /// <summary>One to three changes of the header, of its length, or of the whole.</summary>
    private static byte[] Damage(Random random)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(Sample);
        List<byte> header = [.. Sample.AsSpan(8, length)];
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int place = random.Next(header.Count);
            switch (random.Next(5))
            {
                case 0: header[place] = (byte)random.Next(256); break;
                case 1: header.RemoveRange(place, Math.Min(random.Next(1, 6), header.Count - place - 1)); break;
                case 2: header.InsertRange(place, Encoding.UTF8.GetBytes(Scraps[random.Next(Scraps.Length)])); break;
                case 3: header[place] = (byte)"0123456789{}[],:\"-"[random.Next(18)]; break;
                default: ReplaceNumber(header, random); break;
            }
        }

        byte[] count = new byte[8];
        bool lies = random.Next(6) == 0;
        BinaryPrimitives.WriteInt64LittleEndian(count, lies ? random.NextInt64(-5, header.Count + 40) : header.Count);
        byte[] file = [.. count, .. header, .. Sample.AsSpan(8 + length)];
        return random.Next(6) == 0 ? file[..random.Next(file.Length)] : file;
    }

    private static void ReplaceNumber(List<byte> header, Random random)
    {
        int[] digits = [.. Enumerable.Range(0, header.Count).Where(index => header[index] is >= (byte)'0' and <= (byte)'9')];
        if (digits.Length == 0) return;
        int place = digits[random.Next(digits.Length)];
        while (place > 0 && digits.Contains(place - 1)) place--;
        do header.RemoveAt(place);
        while (place < header.Count && header[place] is >= (byte)'0' and <= (byte)'9');
        header.InsertRange(place, Encoding.UTF8.GetBytes(Scraps[random.Next(Scraps.Length)]));
    }
}
