using Morula.Volumes;

namespace Morula.Formats;

/// <summary>The part of a file to read, and the volume it becomes.</summary>
/// <param name="Channel">Channel, from 0.</param>
/// <param name="FirstFrame">First frame, from 0.</param>
/// <param name="Frames">Number of frames.</param>
/// <param name="Extent">Sizes of the volume.</param>
/// <param name="Spacing">Spacing of the volume.</param>
internal sealed record VolumeSelection(int Channel, int FirstFrame, int Frames, Extent Extent, Spacing Spacing)
{
    /// <summary>Chooses the axes; <paramref name="steps"/> are those of T, Z, Y, X.</summary>
    public static VolumeSelection Make(string path, VolumeInfo info, Spacing steps, int channel, int? frame, int? rank)
    {
        if (rank is < 2 or > 4) throw new ArgumentOutOfRangeException(nameof(rank), rank, "A rank is 2, 3 or 4.");
        if (channel < 0 || channel >= info.Channels)
            throw new VolumeFormatException(path, $"channel {channel} is asked for but there are {info.Channels}, counted from 0.");
        if (frame < 0 || frame >= info.Frames)
            throw new VolumeFormatException(path, $"frame {frame} is asked for but there are {info.Frames}, counted from 0.");
        int frames = frame is null ? info.Frames : 1;
        int kept = rank ?? (frames > 1 ? 4 : info.Slices > 1 ? 3 : 2);
        if (kept < 4 && frames > 1)
            throw new VolumeFormatException(path, $"{frames} frames do not fit rank {kept}; ask for one frame or for rank 4.");
        if (kept < 3 && info.Slices > 1)
            throw new VolumeFormatException(path, $"{info.Slices} slices do not fit rank 2; ask for rank 3.");
        int[] sizes = [frames, info.Slices, info.Extent.Sizes[^2], info.Extent.Sizes[^1]];
        var extent = new Extent(sizes.AsSpan(4 - kept));
        if (extent.Count > Array.MaxLength)
            throw new VolumeFormatException(path, $"{extent} voxels are more than one volume can hold ({Array.MaxLength}); read frame by frame or crop it.");
        return new VolumeSelection(channel, frame ?? 0, frames, extent, new Spacing(steps.Steps[^kept..]));
    }
}
