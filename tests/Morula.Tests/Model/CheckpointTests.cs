using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Morula.Formats;
using Morula.Model;
using Morula.Tests.Formats;
using Morula.Tests.Layers;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Model;

public sealed class CheckpointTests
{
    [Theory, Ranks, NoTensorLeaks]
    public void Weights_come_back_bit_by_bit(int rank)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using MaskRcnn saved = new MaskRcnn(TinyScene.Options(rank), 1).Counted(), loaded = new MaskRcnn(TinyScene.Options(rank), 2).Counted();
        Weights.Set(saved.parameters().First(), [.. Odd(saved.parameters().First().numel())]);
        Checkpoint.Save(folder["a.safetensors"], saved, "{\"Preset\": \"lean\"}", new Dictionary<string, string> { ["step"] = "12", ["ü \"x\"\n"] = "µm" });
        Checkpoint checkpoint = Checkpoint.Load(folder["a.safetensors"]);
        Assert.NotEqual(MaskRcnnTests.Numbers(saved), MaskRcnnTests.Numbers(loaded));
        checkpoint.ApplyTo(loaded);
        Assert.Equal(Bits(saved), Bits(loaded));
        Assert.Equal("{\"Preset\": \"lean\"}", checkpoint.Options);
        Assert.Equal("12", checkpoint.Metadata["step"]);
        Assert.Equal("µm", checkpoint.Metadata["ü \"x\"\n"]);
        Assert.Null(checkpoint.OptimizerState);
        Assert.Equal(["a.safetensors"], folder.Names);
    }

    [Fact, NoTensorLeaks]
    public void The_state_of_the_optimiser_comes_back()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using MaskRcnn model = Small();
        byte[] state = [.. Enumerable.Range(0, 1001).Select(index => (byte)(index * 7))];
        Checkpoint.Save(folder["a"], model, "{}", new Dictionary<string, string>(), Checkpoint.StateOfOptimizer(state.Length, stream => stream.Write(state)));
        Checkpoint checkpoint = Checkpoint.Load(folder["a"]);
        Assert.Equal(state, checkpoint.OptimizerState);
        checkpoint.ApplyTo(model);
    }

    // https://github.com/huggingface/safetensors: length, JSON header, then the arrays back to back.
    [Fact, NoTensorLeaks]
    public void The_file_is_laid_out_as_safetensors_are()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using MaskRcnn model = Small();
        Save(model, folder["a"]);
        byte[] file = File.ReadAllBytes(folder["a"]);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        Assert.Equal(0, length % 8);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, length));
        Dictionary<string, Parameter> weights = Weights.Of(model);
        Assert.Equal(weights.Count + 1, header.RootElement.EnumerateObject().Count());
        Assert.All(header.RootElement.GetProperty("__metadata__").EnumerateObject(), entry => Assert.Equal(JsonValueKind.String, entry.Value.ValueKind));
        long end = 0;
        foreach (JsonProperty entry in header.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__").OrderBy(entry => entry.Value.GetProperty("data_offsets")[0].GetInt64()))
        {
            Assert.Equal("F32", entry.Value.GetProperty("dtype").GetString());
            Assert.Equal(weights[entry.Name].shape, entry.Value.GetProperty("shape").Deserialize<long[]>());
            long[] offsets = entry.Value.GetProperty("data_offsets").Deserialize<long[]>()!;
            Assert.Equal(end, offsets[0]);
            end = offsets[1];
            float[] values = [.. file[(int)(8 + length + offsets[0])..(int)(8 + length + offsets[1])].Chunk(4).Select(bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes))];
            Assert.Equal(Dense.Of(weights[entry.Name]).Values, values);
        }

        Assert.Equal(file.Length, 8 + length + end);
    }

    [Fact]
    public void Python_reads_the_same_numbers()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using MaskRcnn model = Small();
        Save(model, folder["a"]);
        string[]? printed = OutsidePython.Read(folder["a"]);
        Assert.SkipWhen(printed is null, "There is no Python with numpy here.");
        string[] expected = [.. Weights.Of(model).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry =>
        {
            float[] values = Dense.Of(entry.Value).Values;
            return $"{entry.Key} {string.Join('x', entry.Value.shape)} {string.Join(' ', values.Select(value => BitConverter.SingleToUInt32Bits(value)))}";
        })];
        Assert.Equal(expected, printed!);
    }

    [Fact]
    public void A_file_that_is_not_there_or_something_else_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no such checkpoint", Refused(folder["missing"]), StringComparison.Ordinal);
        Assert.Contains("no such checkpoint", Refused(Path.Combine(folder["nowhere"], "a")), StringComparison.Ordinal);
        File.WriteAllText(folder["text"], "These are the options of a run, not its weights.");
        Assert.Contains("not a safetensors file", Refused(folder["text"]), StringComparison.Ordinal);
        File.WriteAllText(folder["empty"], string.Empty);
        Assert.Contains("truncated", Refused(folder["empty"]), StringComparison.Ordinal);
        File.WriteAllBytes(folder["foreign"], Container("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4));
        Assert.Contains("not written by train", Refused(folder["foreign"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_file_is_refused_wherever_it_ends()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["whole"], CheckpointFuzzTests.Sample);
        Checkpoint.Load(folder["whole"]);
        for (int length = 0; length < CheckpointFuzzTests.Sample.Length; length++)
        {
            File.WriteAllBytes(folder["part"], CheckpointFuzzTests.Sample[..length]);
            Assert.Contains("truncated", Refused(folder["part"]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Another_format_version_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a"], Container("{\"__metadata__\":{\"morula.format\":\"2\",\"morula.options\":\"{}\"}}", 0));
        Assert.Contains("version 2", Refused(folder["a"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_do_not_fit_the_network_are_named()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using MaskRcnn model = Small();
        Save(model, folder["a"]);
        Assert.Contains("regions.boxHead.first.bias is missing", Unfit(header => header.Remove("regions.boxHead.first.bias")), StringComparison.Ordinal);
        Assert.Contains("weight extra has no place", Unfit(header => header["extra"] = header["regions.boxHead.first.bias"]!.DeepClone()), StringComparison.Ordinal);
        Assert.Contains("first.weight is F32 [1, 7]", Unfit(header => header["regions.boxHead.first.weight"]!["shape"] = new JsonArray(1, 7)), StringComparison.Ordinal);
        Assert.Contains("first.weight is F16", Unfit(header => header["regions.boxHead.first.weight"]!["dtype"] = "F16"), StringComparison.Ordinal);
        Assert.Contains("first.bias is F32", Unfit(header => header["regions.boxHead.first.bias"]!["data_offsets"] = new JsonArray(0, 8)), StringComparison.Ordinal);
        using MaskRcnn movie = new(TinyScene.Options(4), 1);
        Assert.Throws<VolumeFormatException>(() => Checkpoint.Load(folder["a"]).ApplyTo(movie));

        string Unfit(Action<JsonObject> change)
        {
            byte[] file = File.ReadAllBytes(folder["a"]);
            int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
            JsonObject header = JsonNode.Parse(file.AsSpan(8, length))!.AsObject();
            change(header);
            File.WriteAllBytes(folder["b"], [.. Container(header.ToJsonString(), 0), .. file[(8 + length)..]]);
            Checkpoint changed = Checkpoint.Load(folder["b"]);
            string message = Assert.Throws<VolumeFormatException>(() => changed.ApplyTo(model)).Message;
            Assert.StartsWith(folder["b"], message, StringComparison.Ordinal);
            return message;
        }
    }

    internal static byte[] Container(string header, int zeros)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. new byte[zeros]];
    }

    private static string Refused(string path)
    {
        string message = Assert.Throws<VolumeFormatException>(() => Checkpoint.Load(path)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static MaskRcnn Small() => new MaskRcnn(TinyScene.Options(2), 1).Counted();

    private static void Save(MaskRcnn model, string path) => Checkpoint.Save(path, model, "{}", new Dictionary<string, string> { ["a"] = "b" });

    private static uint[] Bits(MaskRcnn model) => [.. MaskRcnnTests.Numbers(model).Select(BitConverter.SingleToUInt32Bits)];

    /// <summary>Numbers that a detour over text would lose.</summary>
    private static IEnumerable<float> Odd(long count) => Enumerable.Range(0, (int)count).Select(index => (index % 6) switch
    {
        0 => -0f,
        1 => float.Epsilon,
        2 => float.MaxValue,
        3 => float.NegativeInfinity,
        4 => float.NaN,
        _ => 1f / 3,
    });
}
