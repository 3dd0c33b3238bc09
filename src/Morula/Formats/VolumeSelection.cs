using Morula.Volumes;

namespace Morula.Formats;

/// <summary>The part of a file to read, and the volume it becomes.</summary>
/// <param name="Channel">Channel, from 0.</param>
/// <param name="Part">Frames, slices, rows and columns to read, within the file: T Z Y X.</param>
/// <param name="Extent">Sizes of the volume: those of the part without the leading axes that its rank leaves out.</param>
/// <param name="Spacing">Spacing of the volume.</param>
internal sealed record VolumeSelection(int Channel, Block Part, Extent Extent, Spacing Spacing)
{
    /// <summary>First frame, from 0.</summary>
    public int FirstFrame => Part.Lower[0];

    /// <summary>Number of frames.</summary>
    public int Frames => Part.Upper[0] - Part.Lower[0];

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
        int first = frame ?? 0;
        int[] upper = [first + frames, info.Slices, info.Extent.Sizes[^2], info.Extent.Sizes[^1]];
        var part = new Block([first, 0, 0, 0], upper);
        return new VolumeSelection(channel, part, new Extent(part.Extent.Sizes[^kept..]), new Spacing(steps.Steps[^kept..]));
    }

    /// <summary>A block of this selection.</summary>
    /// <param name="block">Inside the volume, in its axes.</param>
    public VolumeSelection Cut(Block block)
    {
        if (block.Rank != Extent.Rank || block.IsEmpty || block.ClipTo(Extent) != block)
            throw new ArgumentException($"The block {block} is not inside the volume of {Extent} voxels.", nameof(block));
        var (lower, upper) = (Part.Lower.ToArray(), Part.Upper.ToArray());
        for (int axis = 0, stored = 4 - block.Rank; axis < block.Rank; axis++, stored++)
            (lower[stored], upper[stored]) = (Part.Lower[stored] + block.Lower[axis], Part.Lower[stored] + block.Upper[axis]);
        return this with { Part = new Block(lower, upper), Extent = block.Extent };
    }

    /// <summary>Refuses more voxels than one volume can hold.</summary>
    public VolumeSelection RequireRoom(string path) => Extent.Count <= Array.MaxLength
        ? this
        : throw new VolumeFormatException(path, $"{Extent} voxels are more than one volume can hold ({Array.MaxLength}); read frame by frame or crop it.");
}
