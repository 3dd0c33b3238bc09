namespace Morula.Tensors;

/// <summary>What glibc's malloc, from which tensors take their memory, does with blocks that are free again. Elsewhere nothing happens.</summary>
internal static unsafe class NativeHeap
{
    // mallopt(3).
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;

    private const int MappedFrom = 1 << 20;
    private const int KeptAtTheTop = 128 << 10;

    /// <summary>
    /// Blocks of a mebibyte and more are mapped by themselves from now on, so that they go back to the system as soon as they are free: for the least memory, at a cost in time. Nothing
    /// happens where the settings are not the command's own (<see cref="SecondStart"/>): a library leaves the heap of its host alone.
    /// </summary>
    public static void GiveBackEarly()
    {
        if (!SecondStart.IsHere || !Glibc.TryFind("mallopt", out nint address)) return;
        var set = (delegate* unmanaged<int, int, int>)address;
        _ = set(MapThreshold, MappedFrom);
        _ = set(TrimThreshold, KeptAtTheTop);
    }

    /// <summary>Gives back what is free now.</summary>
    public static void Trim()
    {
        if (Glibc.TryFind("malloc_trim", out nint trim)) _ = ((delegate* unmanaged<nuint, int>)trim)(0);
    }
}
