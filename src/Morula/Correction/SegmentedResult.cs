using Morula.Formats;

namespace Morula.Correction;

/// <summary>
/// What <c>predict</c> or <c>track</c> wrote, or a data set, as files: label volumes frame by frame, tables of cells, a table of tracks. A result that is
/// still being written is what there is of it.
/// </summary>
public sealed class SegmentedResult
{
    private const string EditsName = "edits.jsonl";

    private SegmentedResult(SegmentedResult other)
    {
        (Path, Labels, CellsFolder, EditsPath, RecordPath, ImagesPath) = (other.Path, other.Labels, other.CellsFolder, other.EditsPath, other.RecordPath, other.ImagesPath);
    }

    private SegmentedResult(string path, FrameFiles labels, string folder, string cellsFolder, string prefix)
    {
        (Path, Labels, CellsFolder) = (path, labels, cellsFolder);
        EditsPath = System.IO.Path.Combine(folder, prefix + EditsName);
        RecordPath = System.IO.Path.Combine(folder, prefix + "view.json");
        string tracks = System.IO.Path.Combine(folder, LineageTable.FileName);
        TracksPath = prefix.Length == 0 && File.Exists(tracks) ? tracks : null;
        string raw = System.IO.Path.Combine(folder, "raw");
        ImagesPath = prefix.Length == 0 && Directory.Exists(raw) ? raw : null;
    }

    /// <summary>The folder or file that was named.</summary>
    public string Path { get; }

    /// <summary>The label volumes.</summary>
    public FrameFiles Labels { get; }

    /// <summary>The table of tracks; null where there is none (yet).</summary>
    public string? TracksPath { get; }

    /// <summary>The folder of images beside the labels of a data set; null where there is none.</summary>
    public string? ImagesPath { get; }

    /// <summary>The file of edits, edits.jsonl beside the result, NAME.edits.jsonl of a single file; it need not exist.</summary>
    public string EditsPath { get; }

    /// <summary>The file that remembers where the images lie, view.json beside the edits; it need not exist.</summary>
    public string RecordPath { get; }

    private string CellsFolder { get; }

    /// <summary>Opens a folder with labels/ (and tracks.csv, cells/), a folder of label volumes (and NAME.cells.csv), or one label volume.</summary>
    /// <exception cref="VolumeFormatException">There is no such folder or file, or it holds no result.</exception>
    public static SegmentedResult Open(string path)
    {
        if (VolumeFile.Exists(path)) return OfFile(path);
        if (!Directory.Exists(path)) throw new VolumeFormatException(path, "there is no such result; expected a folder that predict or track wrote, or a label volume.");
        string labels = System.IO.Path.Combine(path, "labels");
        if (HoldsVolumes(labels)) return new SegmentedResult(path, FrameFiles.Open(labels), path, System.IO.Path.Combine(path, "cells"), string.Empty);
        string found = PartsFolder.FramesIn(path);
        if (HoldsVolumes(found)) return new SegmentedResult(path, FrameFiles.Open(found), path, found, string.Empty);
        if (HoldsVolumes(path) || Directory.Exists(labels) || Directory.Exists(PartsFolder.In(path))) return new SegmentedResult(path, FrameFiles.Open(path), path, path, string.Empty);
        throw new VolumeFormatException(path, $"holds no result; expected labels/ and {LineageTable.FileName}, or label volumes ({VolumeFile.Extensions}).");
    }

    /// <summary>The table of cells of a frame; it need not exist.</summary>
    public string CellsPath(FrameFile frame) => System.IO.Path.Combine(CellsFolder, frame.Name + ".cells.csv");

    /// <summary>The cells alone, where the table of tracks cannot be used.</summary>
    public SegmentedResult WithoutTracks() => new(this);

    private static SegmentedResult OfFile(string path)
    {
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Hdf5File(path)))!;
        return new SegmentedResult(path, FrameFiles.Open(path), folder, folder, VolumeName.Of(path) + ".");
    }

    private static string Hdf5File(string path) => Hdf5Path.Of(System.IO.Path.TrimEndingDirectorySeparator(path)).File;

    private static bool HoldsVolumes(string folder) => Directory.Exists(folder) && VolumeFile.InFolder(folder).Count > 0;
}
