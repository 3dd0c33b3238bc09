using System.IO.Compression;
using Morula.Correction;
using Morula.Formats;
using Morula.Measuring;
using Morula.Volumes;

namespace Morula.Viewer;

/// <summary>What the page asks of frames, made when it is first asked for and kept within a bound of memory; the frames that come next are made ahead.</summary>
internal sealed class FrameStore(Session session) : IDisposable
{
    private const long MostModelBytes = 48L << 20;
    private const long MostReplyBytes = 96L << 20;

    private static readonly string[] Parts = ["labels", "image", "cells", "meshes"];

    private readonly ByteCache<FrameModel> models = new(MostModelBytes, model => model.Bytes);
    private readonly ByteCache<Reply> replies = new(MostReplyBytes, reply => reply.Content.Length);
    private readonly ByteCache<float[]> ranges = new(1 << 16, _ => 1 << 6);
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private Task preparing = Task.CompletedTask;

    /// <summary>A part of a frame.</summary>
    public Task<Reply> PartAsync(SessionState state, FrameFile frame, string part) =>
        replies.GetAsync($"{part}|{StampOf(state, frame)}", () => Make(state, frame, part));

    /// <summary>A slice of the file's own grid.</summary>
    public Reply Slice(SessionState state, FrameFile frame, string kind, int axis, int index)
    {
        if (kind == "image")
        {
            using VolumeSource image = Require(state.ImageOf(frame)).OpenImage();
            return Reply.Bytes(CoarseImage.Slice(image, axis, Inside(image, axis, index), Range(state, frame)));
        }

        using VolumeSource labels = kind == "truth" ? Require(state.TruthOf(frame)).OpenLabels() : frame.OpenLabels();
        Block plane = CoarseImage.PlaneOf(labels.Extent, axis, Inside(labels, axis, index));
        if (kind == "truth") return Reply.Bytes(Bytes(labels.ReadLabels(plane)));
        using VolumeSource? beside = state.ImageForEdits(frame);
        return Reply.Bytes(Bytes(new PatchedLabels(labels, beside, session.StepsOf(state, frame, labels, beside)).Read(plane)));
    }

    /// <summary>Makes frames ahead of time, one after the other.</summary>
    /// <param name="state">The result.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="count">Their number.</param>
    public void Prepare(SessionState state, int first, int count)
    {
        lock (gate)
        {
            if (!preparing.IsCompleted) return;
            preparing = Task.Run(async () =>
            {
                for (int next = first; next < Math.Min(first + count, state.Frames.Count) && !stop.IsCancellationRequested; next++)
                {
                    foreach (string part in Parts.Where(part => part != "image" || state.ImageOf(state.Frames[next]) is not null))
                        await PartAsync(state, state.Frames[next], part).ContinueWith(_ => { }, TaskScheduler.Default);
                    HostGarbage.Collect();
                }
            });
        }
    }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private Reply Make(SessionState state, FrameFile frame, string part) => part switch
    {
        "image" => Image(state, frame),
        "labels" => Pack(Bytes(Model(state, frame).Labels)),
        "truth" => Pack(Bytes(Truth(Model(state, frame), frame))),
        "missed" => Pack(MeshReply.Of(Truth(Model(state, frame), frame), Model(state, frame).Missed, stop.Token)),
        "cells" => Reply.Json(Model(state, frame).Describe(state, frame)),
        "meshes" => Pack(MeshReply.Of(Model(state, frame).Labels, Model(state, frame).Cells, stop.Token)),
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "There is no such part."),
    };

    private static LabelVolume Truth(FrameModel model, FrameFile frame) => model.Truth ?? throw new VolumeFormatException(frame.Path, "has no true labels beside it.");

    private Reply Image(SessionState state, FrameFile frame)
    {
        using VolumeSource image = Require(state.ImageOf(frame)).OpenImage();
        return Reply.Bytes(CoarseImage.Whole(image, CoarseGrid.Of(image.Extent, image.Spacing), Range(state, frame), stop.Token));
    }

    private FrameModel Model(SessionState state, FrameFile frame) =>
        models.GetAsync(StampOf(state, frame), () => FrameModel.Of(session, state, frame, stop.Token)).GetAwaiter().GetResult();

    // The frames of a movie share the range of the first, so that brightness means the same in all.
    private (float Low, float High) Range(SessionState state, FrameFile frame)
    {
        FrameFile image = Require(state.Images!.IsMovie ? state.Images.All[0] : state.ImageOf(frame));
        float[] range = ranges.GetAsync($"{image.Path}|{image.InFile}", () =>
        {
            using VolumeSource source = image.OpenImage();
            var (low, high) = CoarseImage.RangeOf(source);
            return [low, high];
        }).GetAwaiter().GetResult();
        return (range[0], range[1]);
    }

    private static string StampOf(SessionState state, FrameFile frame) =>
        $"{frame.Name}|{File.GetLastWriteTimeUtc(frame.Path).Ticks}|{string.Join('|', state.Corrected.EditsOf(frame).Select(EditList.Text))}";

    private static FrameFile Require(FrameFile? file) => file ?? throw new EditException("there is no such volume beside this frame.");

    private static int Inside(VolumeSource source, int axis, int index) =>
        index >= 0 && index < source.Extent[axis] ? index : throw new EditException($"there is no slice {index}; the frame is {source.Extent} voxels.");

    private static byte[] Bytes(LabelVolume labels)
    {
        var bytes = new byte[sizeof(int) * labels.Voxels.Length];
        Buffer.BlockCopy(labels.Voxels, 0, bytes, 0, bytes.Length);
        return bytes;
    }

    private static Reply Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest)) stream.Write(bytes);
        return Reply.Packed(packed.ToArray());
    }
}
