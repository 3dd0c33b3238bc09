using System.Diagnostics;
using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Formats;

/// <summary>Stores that this program writes, read by zarr-python (version 2) and zarrita (version 3) where they are.</summary>
public sealed class OutsideZarrTests
{
    private const string Python = "/usr/bin/python3";
    private const string Script = """
        import sys, zarr, numpy as np
        g = zarr.open_group(sys.argv[1], mode="r")
        m = g.attrs["multiscales"][0]
        print(m["version"], "".join(a["name"] for a in m["axes"]), m["axes"][-1]["unit"], *m["datasets"][0]["coordinateTransformations"][0]["scale"])
        for d in m["datasets"]:
            a = g[d["path"]]
            v = a[:]
            print(*v.shape, v.dtype, int((v.astype("u8").ravel() * (np.arange(v.size) % 1000 + 1)).sum()))
        """;

    private const string Module = """
        import path from "node:path"; import { pathToFileURL } from "node:url";
        const [folder, store] = process.argv.slice(2);
        const load = (file) => import(pathToFileURL(path.join(folder, "node_modules", file)).href);
        const zarr = await load("zarrita/dist/src/index.js");
        const { default: Store } = await load("@zarrita/storage/dist/src/fs.js");
        const root = await zarr.open.v3(zarr.root(new Store(store)), { kind: "group" });
        const { ome } = root.attrs, image = ome.multiscales[0];
        console.log(ome.version, image.axes.map(a => a.name).join(""), image.axes.at(-1).unit, ...image.datasets[0].coordinateTransformations[0].scale);
        for (const level of image.datasets) {
          const read = await zarr.get(await zarr.open.v3(root.resolve(level.path), { kind: "array" }), null);
          console.log(...read.shape, read.data.constructor.name.replace("Array", "").toLowerCase(), Array.from(read.data).reduce((sum, v, i) => sum + v * (i % 1000 + 1), 0));
        }
        """;

    [Theory]
    [InlineData(2, new[] { 70, 65, 67 })]
    [InlineData(2, new[] { 3, 5, 140, 33 })]
    [InlineData(3, new[] { 70, 65, 67 })]
    [InlineData(3, new[] { 3, 5, 140, 33 })]
    public void Other_programs_read_what_is_written(int version, int[] sizes)
    {
        using var folder = new TemporaryFolder();
        var (extent, spacing) = (new Extent(sizes), new Spacing(new[] { 90, 1.5, 0.1083, 0.25 }.AsSpan(4 - sizes.Length)));
        int[] voxels = [.. Enumerable.Range(0, (int)extent.Count).Select(index => index % 70001)];
        VolumeFile.Write(folder["a.mha"], new LabelVolume(extent, spacing, voxels));
        using (var source = VolumeSource.OpenLabels(folder["a.mha"])) VolumeFile.WriteLabels(folder["a.ome.zarr"], source, version);
        string[] lines = version == 2 ? Run(Python, "a.py", Script, folder, []) : Run(Node(), "a.mjs", Module, folder, [Zarrita()]);
        string axes = "tzyx"[(4 - sizes.Length)..];
        Assert.Equal($"0.{version + 2} {axes} micrometer {string.Join(' ', spacing.Steps.ToArray().Select(step => step == 90 && version == 2 ? "90" : step.ToString(System.Globalization.CultureInfo.InvariantCulture)))}", lines[0].Replace("90.0", "90", StringComparison.Ordinal));
        for (int level = 0; level + 1 < lines.Length; level++)
        {
            LabelVolume own = VolumeFile.ReadLabels(folder[$"a.ome.zarr/{level}"], rank: sizes.Length);
            long sum = own.Voxels.Select((voxel, index) => (long)voxel * ((index % 1000) + 1)).Sum();
            Assert.Equal($"{string.Join(' ', own.Extent.Sizes.ToArray())} uint32 {sum}", lines[level + 1]);
        }

        Assert.True(lines.Length >= 2);
    }

    private static string Node() => ((string[])["/usr/bin/node", "/usr/local/bin/node"]).FirstOrDefault(File.Exists) ?? "/usr/bin/node";

    private static string Zarrita()
    {
        string? folder = Environment.GetEnvironmentVariable("MORULA_ZARRITA");
        Assert.SkipWhen(folder is null, "MORULA_ZARRITA names no folder with node_modules/zarrita (npm install zarrita).");
        return folder!;
    }

    private static string[] Run(string program, string name, string script, TemporaryFolder folder, string[] arguments)
    {
        Assert.SkipUnless(File.Exists(program), $"{program} is not here.");
        File.WriteAllText(folder[name], script);
        var start = new ProcessStartInfo(program, [folder[name], .. arguments, folder["a.ome.zarr"]]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.SkipWhen(error.Result.Contains("ModuleNotFoundError", StringComparison.Ordinal), $"{program} lacks a module.");
        Assert.True(process.ExitCode == 0, error.Result);
        return output.Trim().Split('\n');
    }
}
