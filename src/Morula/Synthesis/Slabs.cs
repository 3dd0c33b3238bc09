namespace Morula.Synthesis;

/// <summary>Parallel work over stretches of voxels of fixed length, so that a random stream per stretch is reproducible.</summary>
internal static class Slabs
{
    private const int Length = 1 << 14;

    /// <summary>Calls <paramref name="work"/> with the number, start and end of every stretch.</summary>
    public static void ForEach(int count, Action<int, int, int> work) =>
        Parallel.For(0, (count + Length - 1) / Length, slab => work(slab, slab * Length, Math.Min(count, (slab + 1) * Length)));
}
