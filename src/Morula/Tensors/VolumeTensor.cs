using Morula.Volumes;
using static TorchSharp.torch;

namespace Morula.Tensors;

/// <summary>The border from images to tensors.</summary>
internal static class VolumeTensor
{
    /// <summary>An image as a batch of one with one channel, [1, 1, *S], on the host.</summary>
    public static Tensor Of(Volume image) => tensor(image.Voxels, [1, 1, .. image.Extent.Sizes.ToArray().Select(size => (long)size)]);
}
