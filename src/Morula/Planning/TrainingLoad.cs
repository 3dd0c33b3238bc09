using Morula.Model;
using Morula.Volumes;

namespace Morula.Planning;

/// <summary>What a training asks of memory.</summary>
/// <param name="Model">The network.</param>
/// <param name="Memory">Means that bound the memory of a step.</param>
/// <param name="Crop">Sizes of one image of a step.</param>
/// <param name="BatchSize">Images of a step.</param>
/// <param name="Cells">Cells in an image; 0 leaves the mask head without work.</param>
/// <param name="OptimizerMeans">Running means that the optimiser keeps of every weight: 2 for AdamW, 1 for SGD.</param>
public sealed record TrainingLoad(ModelOptions Model, MemoryOptions Memory, Extent Crop, int BatchSize, int Cells, int OptimizerMeans)
{
    /// <summary>Bytes of loaded images that are kept between steps.</summary>
    public long CacheBytes { get; init; }

    /// <summary>Bytes that reading for one crop takes: an image with its labels, or that part of them.</summary>
    public long ReadingBytes { get; init; }

    /// <summary>The same where nothing is loaded whole or kept and each crop reads its part; null where that cannot be.</summary>
    public long? BlockBytes { get; init; }

    /// <summary>Threads that read and make samples.</summary>
    public int SampleThreads { get; init; } = 1;

    /// <summary>Bytes of everything that is read and kept beside the samples.</summary>
    public long DataBytes => CacheBytes + (ReadingBytes * SampleThreads);

    /// <summary>Samples made ahead; 0 where one sample is used over and over.</summary>
    public int Prefetched { get; init; }

    /// <summary>Bytes of a sample: image and labels.</summary>
    public long SampleBytes => Crop.Count * (sizeof(float) + sizeof(int));

    /// <summary>Whether the process is booked beside the tensors: not on a graphics card, whose memory holds tensors alone.</summary>
    public bool BooksProcess { get; init; } = true;
}
