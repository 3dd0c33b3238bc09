using System.Text;
using Morula.Formats;
using Morula.Model;
using Morula.Options;
using Morula.Volumes;

namespace Morula.Fuzzing;

/// <summary>Every parser of the library that reads files of users.</summary>
internal static class FuzzTargets
{
    private const string AstecText = """
        <data>
          <cell_lineage><cell cell-id="10002">[20002, 20003]</cell><cell cell-id="20002">[30002]</cell><cell cell-id="20003">[np.int64(30003)]</cell></cell_lineage>
          <cell_volume><cell cell-id="10002">24.5</cell><cell cell-id="30004">7</cell></cell_volume>
          <cell_contact_surface><cell cell-id="10002"><cell cell-id="1">4.25</cell></cell></cell_contact_surface>
          <cell_track><cell cell-id="10002">1</cell><cell cell-id="20002">2</cell><cell cell-id="20003">3</cell></cell_track>
        </data>
        """;

    private const string OptionsText = """
        { /* a comment */ "Preset": "lean", "Model": { "Rank": 3 }, "Training": { "Steps": 10, "LearningRate": 0.001, }, "Samples": { "Crop": [16, 32, 32] } }
        """;

    /// <summary>All targets.</summary>
    /// <param name="golden">Folder of files that other programs wrote, Formats/Golden of the tests.</param>
    public static IReadOnlyList<FuzzTarget> All(string golden) =>
    [
        new("tiff", [.. Written(".tif"), .. Written(".ome.tif"), .. Golden(golden, "*.tif"), .. Golden(Path.Combine(golden, "variants"), "*.tif")], ReadVolume),
        new("metaimage", [.. Written(".mha"), .. Golden(Path.Combine(golden, "plain"), "*.mha"), .. Golden(Path.Combine(golden, "variants"), "*.mha")], ReadVolume),
        new("inrimage", [.. Written(".inr"), .. Written(".inr.gz"), .. Golden(Path.Combine(golden, "plain"), "*.inr*"), .. Golden(Path.Combine(golden, "variants"), "*.inr*")], ReadVolume),
        new("nifti", [.. Written(".nii"), .. Written(".nii.gz"), .. Golden(Path.Combine(golden, "plain"), "*.nii*"), .. Golden(Path.Combine(golden, "variants"), "*.nii*")], ReadVolume),
        new("numpy", [.. Written(".npy"), .. Golden(Path.Combine(golden, "plain"), "*.npy"), .. Golden(Path.Combine(golden, "variants"), "*.npy")], ReadVolume),
        new("hdf5", [.. Written(".h5"), .. Golden(Path.Combine(golden, "hdf5"), "*.h5")], ReadVolume),
        new("zarr", [.. Stores(Path.Combine(golden, "zarr"))], ReadStore),
        new("tracks", [(".csv", Bytes("t,z,y,x,label,parent_label,voxels\n0,1.5,2,3,1,0,20\n1,1.5,2,3,1,0,20\n2,1,2,3,2,1,9\n2,4,2,3,3,1,9\n"))], path => LineageTable.Read(path)),
        new("track-list", [(".txt", Bytes("1 0 4 0\n2 5 9 1\n3 5 7 1\n12 8 9 3\n"))], path => TrackList.Read(path)),
        new("astec", [(".xml", Bytes(AstecText)), .. Golden(Path.Combine(golden, "astec"), "*.xml")], path => AstecTracks.Of(path, AstecPropertiesReader.Read(path), 0, int.MaxValue)),
        new("checkpoint", [(".safetensors", CheckpointBytes())], path => _ = Checkpoint.Load(path).OptimizerState),
        new("options", [(".json", Bytes(OptionsText)), (".json", Bytes(OptionsFile.Write(Presets.Lean)))], path => MorulaOptions.Read(path, [])),
    ];

    private static void ReadVolume(string path)
    {
        VolumeInfo info = VolumeFile.ReadInfo(path);
        VolumeFormatException? refused = null;
        try
        {
            VolumeFile.ReadImage(path, channel: info.Channels - 1);
        }
        catch (VolumeFormatException fault)
        {
            refused = fault;
        }

        VolumeFile.ReadLabels(path, rank: 4);
        if (refused is not null) throw refused;
    }

    private static void ReadStore(string path)
    {
        string folder = Path.ChangeExtension(path, ".zarr");
        StoreBundle.Write(File.ReadAllBytes(path), folder);
        ReadVolume(folder);
    }

    // Each array of the stores of codecs by itself, and the image with its labels.
    private static IEnumerable<(string Extension, byte[] Bytes)> Stores(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        return new[] { "codecs2.zarr", "codecs3.zarr" }.SelectMany(store => Directory.EnumerateDirectories(Path.Combine(folder, store)).Order(StringComparer.Ordinal))
            .Append(Path.Combine(folder, "image2.ome.zarr")).Select(store => (StoreBundle.Extension, StoreBundle.Of(store)));
    }

    private static IEnumerable<(string Extension, byte[] Bytes)> Written(string extension)
    {
        string path = Path.Combine(Path.GetTempPath(), $"morula-fuzz-{Environment.ProcessId}{extension}");
        foreach (int[] sizes in (int[][])[[5, 7], [3, 5, 7], [2, 3, 5, 7]])
        {
            if (sizes.Length == 4 && extension.StartsWith(".inr", StringComparison.Ordinal)) continue;
            var image = new Volume(new Extent(sizes), Spacing.Unit(sizes.Length), [.. Enumerable.Range(0, sizes.Aggregate(1, (product, size) => product * size)).Select(index => (float)index)]);
            foreach (VoxelType type in (VoxelType[])[VoxelType.UInt16, VoxelType.Float32])
            {
                VolumeFile.Write(path, image, type);
                yield return (extension, File.ReadAllBytes(path));
            }
        }

        File.Delete(path);
    }

    private static IEnumerable<(string Extension, byte[] Bytes)> Golden(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal).Select(path => (ExtensionOf(path), File.ReadAllBytes(path))) : [];

    private static string ExtensionOf(string path) => VolumeFormat.ExtensionOf(path) ?? Path.GetExtension(path);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] CheckpointBytes()
    {
        using var stream = new MemoryStream();
        SafeTensors.Write(
            stream,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["morula.format"] = "1", ["morula.options"] = "{\"Preset\":\"lean\"}", ["step"] = "12" },
            [NamedArray.Of("a.weight", [2, 3], () => [1, 2, 3, 4, 5, 6]), NamedArray.Of("optimizer.state", 5, file => file.Write([1, 2, 3, 4, 5]))]);
        return stream.ToArray();
    }
}
