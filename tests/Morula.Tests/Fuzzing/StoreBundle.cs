namespace Morula.Fuzzing;

/// <summary>A store of many files as one run of bytes, so that it can be damaged and kept like a file.</summary>
internal static class StoreBundle
{
    /// <summary>Ending of files that hold such bytes.</summary>
    public const string Extension = ".store";

    private static readonly string[] Metadata = [".zarray", ".zattrs", ".zgroup", "zarr.json"];

    /// <summary>All files of a folder.</summary>
    public static byte[] Of(string folder) => Pack(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(path => (Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllBytes(path))));

    /// <summary>A copy of which one file, of metadata half of the time, is damaged.</summary>
    /// <param name="whole">The store.</param>
    /// <param name="others">Stores of which pieces may be taken.</param>
    /// <param name="random">Chance.</param>
    public static byte[] Damage(byte[] whole, IReadOnlyList<byte[]> others, Random random)
    {
        List<(string Name, byte[] Bytes)> files = Unpack(whole);
        bool wantsMetadata = random.Next(2) == 0;
        int[] fit = [.. Enumerable.Range(0, files.Count).Where(place => Metadata.Contains(Path.GetFileName(files[place].Name)) == wantsMetadata)];
        int chosen = fit.Length > 0 ? fit[random.Next(fit.Length)] : random.Next(files.Count);
        List<(string Name, byte[] Bytes)> other = Unpack(others[random.Next(others.Count)]);
        files[chosen] = (files[chosen].Name, Mutator.Mutate(files[chosen].Bytes, [other[random.Next(other.Count)].Bytes], random));
        return Pack(files);
    }

    /// <summary>Writes the files into a folder, which is emptied first.</summary>
    public static void Write(byte[] bundle, string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        foreach (var (name, bytes) in Unpack(bundle))
        {
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }
    }

    private static byte[] Pack(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        var bundle = new MemoryStream();
        using var writer = new BinaryWriter(bundle);
        foreach (var (name, bytes) in files)
        {
            writer.Write(name);
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }

        writer.Flush();
        return bundle.ToArray();
    }

    private static List<(string Name, byte[] Bytes)> Unpack(byte[] bundle)
    {
        var files = new List<(string, byte[])>();
        using var reader = new BinaryReader(new MemoryStream(bundle));
        while (reader.BaseStream.Position < bundle.Length) files.Add((reader.ReadString(), reader.ReadBytes(reader.ReadInt32())));
        return files;
    }
}
