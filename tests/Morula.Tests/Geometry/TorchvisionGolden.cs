using System.Text.Json;

namespace Morula.Tests.Geometry;

/// <summary>Numbers that torchvision produced; see Golden/make_torchvision_goldens.py in the room that they belong to.</summary>
internal sealed class TorchvisionGolden
{
    private readonly JsonElement root;

    public TorchvisionGolden(string name, string room = "Geometry")
    {
        string path = Path.Combine(AppContext.BaseDirectory, room, "Golden", $"torchvision_{name}.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        root = document.RootElement.Clone();
    }

    public float[] Floats(string key) => root.GetProperty(key).Deserialize<float[]>()!;

    public int[] Ints(string key) => root.GetProperty(key).Deserialize<int[]>()!;

    public double Number(string key) => root.GetProperty(key).GetDouble();

    public T Get<T>(string key) => root.GetProperty(key).Deserialize<T>()!;

    /// <summary>Rows of four in the order x y x y become rows in the order y x y x.</summary>
    public float[] Boxes(string key) => [.. Floats(key).Chunk(4).SelectMany(row => (float[])[row[1], row[0], row[3], row[2]])];
}
