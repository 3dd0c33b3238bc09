using Morula.Measuring;
using Morula.Model;
using Morula.Proposals;
using Morula.Samples;
using Morula.Tensors;
using Morula.Volumes;
using static TorchSharp.torch;

namespace Morula.Inference;

/// <summary>
/// The network on tiles of an image. A tile that is larger than a training sample may hold more cells, and gets more candidates; tiles of an image of
/// more than <see cref="InferenceOptions.MomentPlaces"/> samples share the moments of places like samples, so that what is found does not depend on how the image is cut.
/// </summary>
internal sealed class TileNetwork(MaskRcnn model, SampleOptions samples, InferenceOptions options, Device device) : ITileNetwork
{
    public NormalisationMoments? Observe(Extent working, Func<Block, Volume> read, CancellationToken cancellation)
    {
        if (options.MomentPlaces == 0 || (working.Count <= options.MomentPlaces * SampleVoxels && options.Plan(working, model.LargestStride, model.Options.LargestCell).Count == 1)) return null;
        IReadOnlyList<Block> places = SamplePlaces.Spread(working, samples.CropAt(model.Options.Rank), model.LargestStride);
        double[] contents = [.. places.Select(place => SamplePlaces.Content(Read(place)))];
        return NormalisationMoments.Average([.. SamplePlaces.Choose(contents, options.MomentPlaces).Select(place => Observe(Read(places[place])))]);

        Volume Read(Block place)
        {
            cancellation.ThrowIfCancellationRequested();
            return read(place);
        }
    }

    public Detections Detect(Volume tile, Block place, Extent working, NormalisationMoments? moments)
    {
        Block seen = place.ClipTo(working).Shift([.. place.Lower.ToArray().Select(bound => -bound)]);
        return MembraneEvidence.Keep(MaskVolume.Keep(Detect(tile, place, working, moments, withMasks: true), options), tile, seen, options);
    }

    public Detections DetectBoxes(Volume tile, Block place, Extent working) => Detect(tile, place, working, null, withMasks: false);

    private Detections Detect(Volume tile, Block place, Extent working, NormalisationMoments? moments, bool withMasks)
    {
        using var scope = NewDisposeScope();
        return model.Detect(VolumeTensor.Of(tile).to(device), SampleParts.Of(working, place, samples.CropAt(working.Rank)), moments, withMasks)[0];
    }

    private long SampleVoxels => samples.VoxelsAt(model.Options.Rank);

    private NormalisationMoments Observe(Volume place)
    {
        using var scope = NewDisposeScope();
        NormalisationMoments moments = model.Observe(VolumeTensor.Of(place).to(device));
        HostGarbage.Collect();
        return moments;
    }
}
