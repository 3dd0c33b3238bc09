namespace Morula.Streaming;

/// <summary>Files of what is known of an image before it is done; each appears whole or not at all, so that what is there need not be made again.</summary>
/// <param name="root">Folder of the image's parts.</param>
internal sealed class StreamParts(string root)
{
    /// <summary>Intensities of the whole image.</summary>
    public string Scan => Path.Combine(root, "scan.txt");

    /// <summary>What the network normalises every tile with.</summary>
    public string Moments => Path.Combine(root, "moments.json");

    /// <summary>Number of cells at home in every block; there once all are settled.</summary>
    public string Settled => Path.Combine(root, "settled.txt");

    /// <summary>What the network found in a tile.</summary>
    public string Tile(int index) => Numbered("tiles", index, "cells");

    /// <summary>The cells at home in a block.</summary>
    public string Home(int index) => Numbered("homes", index, "cells");

    /// <summary>The labels of the core of a block: 1 + the number of the cell among all settled ones.</summary>
    public string Labels(int index) => Numbered("blocks", index, "tif");

    /// <summary>What was counted in the core of a block; written last.</summary>
    public string Census(int index) => Numbered("blocks", index, "csv");

    /// <summary>Removes all parts, and the folder around them where they were the last in it.</summary>
    public void Delete()
    {
        if (Directory.Exists(root)) Directory.Delete(root, recursive: true);
        if (Directory.GetParent(root) is { Exists: true } around && !around.EnumerateFileSystemInfos().Any()) around.Delete();
    }

    private string Numbered(string folder, int index, string extension) => Path.Combine(root, folder, $"{index:00000}.{extension}");
}
