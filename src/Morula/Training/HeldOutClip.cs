using Morula.Formats;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Training;

/// <summary>A held-out clip read frame by frame: of files that are frames, or of one with a time axis.</summary>
internal sealed class HeldOutClip
{
    private readonly Pair pair;
    private readonly FrameSequence? images;
    private readonly FrameSequence? labels;

    private HeldOutClip(Pair pair)
    {
        this.pair = pair;
        if (pair.Frames.Count > 0) return;
        (images, labels) = (FrameSequence.Open(pair.ImagePath), FrameSequence.Open(pair.LabelPath));
        if (images.Count != labels.Count)
            throw new VolumeFormatException(pair.LabelPath, $"has {labels.Count} frames but its image {pair.ImagePath} has {images.Count}.");
    }

    /// <summary>Number of frames.</summary>
    public int Count => images?.Count ?? pair.Frames.Count;

    public static HeldOutClip Of(Pair pair) => new(pair);

    public string NameOf(int frame) => images is null ? pair.Frames[frame].Name : $"{pair.Name} {images.NameOf(frame)}";

    public Volume ReadImage(int frame) => Read(frame).Image;

    public LabelVolume ReadLabels(int frame) => Read(frame).Labels;

    private (Volume Image, LabelVolume Labels) Read(int frame) => images is not null && labels is not null
        ? CommonGrid.ShareSpacing(images.ReadImage(frame), labels.ReadLabels(frame))
        : CommonGrid.ShareSpacing(VolumeFile.ReadImage(pair.Frames[frame].ImagePath, rank: 3), VolumeFile.ReadLabels(pair.Frames[frame].LabelPath, rank: 3));
}
