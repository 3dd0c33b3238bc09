using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Morula.Correction;
using Morula.Formats;

namespace Morula.Viewer;

/// <summary>What there is of a result at one time.</summary>
/// <param name="Corrected">The result with its edits.</param>
/// <param name="Record">Where images and truth lie.</param>
/// <param name="Images">The images, or null.</param>
/// <param name="Truth">The true labels, or null.</param>
/// <param name="Notes">What the user should know, one line each.</param>
/// <param name="Stamp">Tells this time from others, by the files.</param>
/// <param name="Revision">Grows with every change.</param>
internal sealed record SessionState(
    CorrectedResult Corrected, ViewRecord Record, FrameFiles? Images, SegmentedResult? Truth, IReadOnlyList<string> Notes, string Stamp, int Revision)
{
    /// <summary>Whether edits can be made; not where those that are there do not fit.</summary>
    public bool CanEdit { get; init; } = true;

    /// <summary>The frames.</summary>
    public IReadOnlyList<FrameFile> Frames => Corrected.Result.Labels.All;

    /// <summary>Reads what there is.</summary>
    /// <exception cref="VolumeFormatException">The result, the images or the truth are not there.</exception>
    public static SessionState Read(ViewRequest request, int revision)
    {
        string stamp = StampOf(request);
        SegmentedResult result = SegmentedResult.Open(request.ResultPath);
        ViewRecord record = ViewRecord.Of(result, request.ImagePath, request.TruthPath);
        FrameFiles? images = record.Image is null ? null : FrameFiles.Open(record.Image);
        SegmentedResult? truth = record.Truth is null ? null : SegmentedResult.Open(record.Truth);
        var (corrected, notes, isWhole) = Correct(result);
        if (images is null) notes.Add("no image is shown: name one with --image.");
        return new SessionState(corrected, record, images, truth, notes, stamp, revision) { CanEdit = isWhole };
    }

    /// <summary>The image of a frame; null where there is none.</summary>
    public FrameFile? ImageOf(FrameFile frame) => Images?.Beside(frame, Corrected.Result.Labels);

    /// <summary>The image of a frame, opened, where edits of its labels may follow it; else null.</summary>
    public VolumeSource? ImageForEdits(FrameFile frame) => Corrected.EditsOf(frame).Count == 0 ? null : ImageOf(frame)?.OpenImage();

    /// <summary>The true labels of a frame; null where there are none.</summary>
    public FrameFile? TruthOf(FrameFile frame) => Truth?.Labels.Beside(frame, Corrected.Result.Labels);

    /// <summary>Names, sizes and times of the files that a result consists of.</summary>
    public static string StampOf(ViewRequest request)
    {
        var text = new StringBuilder();
        string root = request.ResultPath;
        bool isFolder = Directory.Exists(root);
        string[] folders = isFolder ? [root, Path.Combine(root, "labels"), Path.Combine(root, "cells"), PartsFolder.FramesIn(root)] : [Path.GetDirectoryName(Path.GetFullPath(root))!];
        string pattern = isFolder ? "*" : VolumeName.Of(root) + ".*";
        foreach (string folder in folders.Where(Directory.Exists))
        {
            foreach (FileSystemInfo file in new DirectoryInfo(folder).EnumerateFileSystemInfos(pattern).Where(file => file.Name[0] != '.').OrderBy(file => file.FullName, StringComparer.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $"{file.FullName} {(file as FileInfo)?.Length} {(file is FileInfo ? file.LastWriteTimeUtc.Ticks : 0)}\n");
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // What is wrong with tracks or edits does not hide the cells.
    private static (CorrectedResult Corrected, List<string> Notes, bool IsWhole) Correct(SegmentedResult result)
    {
        try
        {
            return (new CorrectedResult(result, EditList.Read(result.EditsPath)), [], true);
        }
        catch (Exception fault) when (fault is EditException or VolumeFormatException)
        {
            return (new CorrectedResult(result.WithoutTracks(), []), [fault.Message], false);
        }
    }
}
