using Morula.Inference;
using Morula.Measuring;
using Morula.Options;
using Morula.Tensors;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>Smaller and smaller tiles for a prediction whose memory ran out.</summary>
internal static class PredictionMemory
{
    private const long LeastVoxels = 32_768;

    /// <summary>Runs a prediction, and where an allocation fails once more with tiles of half as many voxels.</summary>
    /// <param name="options">Tiles.</param>
    /// <param name="working">Sizes of the image that the network sees.</param>
    /// <param name="predict">Predicts.</param>
    /// <param name="say">Told of every new start.</param>
    /// <exception cref="OptionsException">The smallest tiles are too large.</exception>
    public static Prediction Run(InferenceOptions options, Extent working, Func<InferenceOptions, Prediction> predict, Action<string> say)
    {
        while (true)
        {
            try
            {
                return predict(options);
            }
            catch (Exception fault) when (MemoryFault.Is(fault))
            {
                NativeHeap.GiveBackEarly();
                ProcessMemory.Collect();
                long voxels = Math.Min(options.MostVoxels, working.Count) / 2;
                if (options.Tile.Length > 0 || voxels < LeastVoxels)
                    throw new OptionsException("prediction", $"memory ran out on an image of {working} with tiles of {options.MostVoxels} voxels (Inference.Tile, MostVoxels); smaller tiles or a smaller image are needed.", fault);
                options = options with { MostVoxels = voxels };
                say($"memory ran out; the image is begun once more with Inference.MostVoxels = {voxels}");
            }
        }
    }
}
