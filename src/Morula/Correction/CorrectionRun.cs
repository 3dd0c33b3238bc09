using System.Globalization;
using System.Text;
using Morula.Formats;

namespace Morula.Correction;

/// <summary>Writes a result with its edits as a data set: raw/, labels/ and tracks.csv, from which a network can learn.</summary>
public static class CorrectionRun
{
    /// <summary>Writes frame after frame; memory is that of a block.</summary>
    /// <param name="corrected">The result and its edits.</param>
    /// <param name="folder">Receives the data set.</param>
    /// <param name="imagePath">Folder or file of the images; null leaves out raw/.</param>
    /// <param name="progress">Told the number of frames done.</param>
    /// <param name="cancellation">Stops between frames.</param>
    /// <exception cref="VolumeFormatException">A file cannot be read, a frame has no image, or the data set would replace the result.</exception>
    /// <exception cref="EditException">An edit does not fit the labels.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static CorrectionOutcome Run(CorrectedResult corrected, string folder, string? imagePath, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        SegmentedResult result = corrected.Result;
        RequireElsewhere(result, folder);
        FrameFiles? images = imagePath is null ? null : FrameFiles.Open(imagePath);
        var (changed, done) = (0, 0);
        foreach (FrameFile frame in result.Labels.All)
        {
            cancellation.ThrowIfCancellationRequested();
            FrameFile? image = images?.Beside(frame, result.Labels);
            if (images is not null && image is null) throw new VolumeFormatException(images.Path, $"holds no image for the frame {frame.Name}.");
            if (image is not null) CopyImage(image, Path.Combine(folder, "raw", frame.Name));
            WriteLabels(corrected, frame, image, Path.Combine(folder, "labels", frame.Name + ".tif"));
            if (corrected.EditsOf(frame).Count > 0) changed++;
            progress?.Report(++done);
        }

        if (result.TracksPath is not null) AtomicFile.WriteText(Path.Combine(folder, LineageTable.FileName), Tracks(corrected));
        return new CorrectionOutcome(result.Labels.All.Count, changed, corrected.Edits.Count, images is not null, corrected.Lineage.Repairs);
    }

    private static void RequireElsewhere(SegmentedResult result, string folder)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Path.TrimEndingDirectorySeparator(Path.GetFullPath(result.Path)) == target)
            throw new VolumeFormatException(folder, "the data set would replace the result; choose another output folder.");
        if (result.Labels.All.Count == 0) throw new VolumeFormatException(result.Path, "holds no frame yet.");
    }

    private static void WriteLabels(CorrectedResult corrected, FrameFile frame, FrameFile? imageFile, string path)
    {
        using VolumeSource labels = frame.OpenLabels();
        using VolumeSource? image = imageFile?.OpenImage();
        var patched = new PatchedLabels(labels, image, corrected.StepsOf(frame, labels, image));
        int most = Math.Max(patched.MostLabel(), 1);
        VolumeFile.WriteLabels(path, labels.Extent, labels.Spacing, most, patched.Read, labels.Piece);
    }

    private static void CopyImage(FrameFile image, string path)
    {
        if (image.InFile is null && File.Exists(image.Path))
        {
            string name = Path.GetFileName(image.Path);
            string target = path + name[VolumeName.Of(image.Path).Length..];
            AtomicFile.Write(target, stream =>
            {
                using FileStream source = File.OpenRead(image.Path);
                source.CopyTo(stream);
            });
            return;
        }

        using VolumeSource source = image.OpenImage();
        VoxelType type = source.Info.Type is VoxelType.UInt8 or VoxelType.UInt16 ? source.Info.Type : VoxelType.Float32;
        VolumeFile.WriteImage(path + ".tif", source, type);
    }

    private static string Tracks(CorrectedResult corrected)
    {
        var text = new StringBuilder("t,label,parent_label\n");
        foreach (var (frame, id, _) in corrected.Cells)
            text.Append(CultureInfo.InvariantCulture, $"{frame},{id},{corrected.Lineage[id].ParentId}\n");
        return text.ToString();
    }
}
