namespace Morula.Planning;

/// <summary>What a process holds beside the tensors of the network.</summary>
internal static class ProcessSketch
{
    /// <summary>The program with the tensor library loaded and warm, bytes: measured (bench plan), 1 MiB = 2^20.</summary>
    public const long Program = 212L << 20;

    private const string Name = "program";
    private const string Samples = "samples";

    // A sample in the making, per voxel: image and labels, before and after they are turned.
    private const int MakingBytes = 8 + 8;

    /// <summary>Books the program and the samples of a training.</summary>
    public static void Begin(Ledger ledger, TrainingLoad load)
    {
        if (!load.BooksProcess) return;
        ledger.Add(Name, Program);
        ledger.Add(Samples, load.DataBytes);
        ledger.Add(Samples, load.SampleBytes * (load.BatchSize + load.Prefetched));
        if (load.Prefetched > 0) ledger.Add(Samples, load.Crop.Count * MakingBytes * Math.Min(load.SampleThreads, load.Prefetched));
    }

    /// <summary>Bytes of samples in the making by more threads than one.</summary>
    public static long MoreMaking(TrainingLoad load) => load.Crop.Count * MakingBytes * Math.Max(0, Math.Min(load.SampleThreads, load.Prefetched) - 1);

    /// <summary>Books the program alone.</summary>
    public static void Begin(Ledger ledger) => ledger.Add(Name, Program);
}
