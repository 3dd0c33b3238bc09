using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Morula.Layers;

/// <summary>
/// Sixteen channels of a map with the channels of one voxel side by side: [V, 16], one voxel per cache line. Only one such slice
/// exists at a time, so that the channels-last order never costs a copy of the whole map.
/// </summary>
internal sealed unsafe class RoiAlignSlice : IDisposable
{
    /// <summary>Channels of a slice.</summary>
    public const int Lanes = 16;

    /// <summary>Allocates a slice; its content is undefined.</summary>
    public RoiAlignSlice(long voxels)
    {
        Voxels = voxels;
        Data = (float*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, voxels) * Lanes * sizeof(float), 64);
    }

    /// <summary>Number of voxels, V.</summary>
    public long Voxels { get; }

    /// <summary>First number.</summary>
    public float* Data { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(Data);
        Data = null;
    }

    /// <summary>Copies voxels [from, to) of up to sixteen channels, each <paramref name="stride"/> long, into [V, 16]; missing channels become 0.</summary>
    public static void Pack(float* channels, long stride, int count, float* packed, long from, long to)
    {
        if (count < Lanes) new Span<float>(packed + (from * Lanes), (int)((to - from) * Lanes)).Clear();
        int channel = 0;
        for (; channel + 4 <= count && Sse.IsSupported; channel += 4)
            Transpose(channels + (channel * stride), stride, packed + channel, Lanes, from, to);
        for (; channel < count; channel++)
            for (long voxel = from; voxel < to; voxel++) packed[(voxel * Lanes) + channel] = channels[(channel * stride) + voxel];
    }

    /// <summary>The reverse of <see cref="Pack"/>.</summary>
    public static void Unpack(float* packed, float* channels, long stride, int count, long from, long to)
    {
        int channel = 0;
        for (; channel + 4 <= count && Sse.IsSupported; channel += 4)
            TransposeBack(packed + channel, channels + (channel * stride), stride, from, to);
        for (; channel < count; channel++)
            for (long voxel = from; voxel < to; voxel++) channels[(channel * stride) + voxel] = packed[(voxel * Lanes) + channel];
    }

    // Four channels, four voxels at a time.
    private static void Transpose(float* rows, long stride, float* packed, int lanes, long from, long to)
    {
        long voxel = from;
        for (; voxel + 4 <= to; voxel += 4)
        {
            float* at = rows + voxel;
            Exchange(Vector128.Load(at), Vector128.Load(at + stride), Vector128.Load(at + (2 * stride)), Vector128.Load(at + (3 * stride)), packed + (voxel * lanes), lanes);
        }

        for (; voxel < to; voxel++)
            for (int row = 0; row < 4; row++) packed[(voxel * lanes) + row] = rows[(row * stride) + voxel];
    }

    private static void TransposeBack(float* packed, float* rows, long stride, long from, long to)
    {
        long voxel = from;
        for (; voxel + 4 <= to; voxel += 4)
        {
            float* at = packed + (voxel * Lanes);
            Exchange(Vector128.Load(at), Vector128.Load(at + Lanes), Vector128.Load(at + (2 * Lanes)), Vector128.Load(at + (3 * Lanes)), rows + voxel, stride);
        }

        for (; voxel < to; voxel++)
            for (int row = 0; row < 4; row++) rows[(row * stride) + voxel] = packed[(voxel * Lanes) + row];
    }

    private static void Exchange(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d, float* target, long stride)
    {
        Vector128<float> lowAb = Sse.UnpackLow(a, b);   // a0 b0 a1 b1
        Vector128<float> lowCd = Sse.UnpackLow(c, d);
        Vector128<float> highAb = Sse.UnpackHigh(a, b); // a2 b2 a3 b3
        Vector128<float> highCd = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(lowAb, lowCd).Store(target);
        Sse.MoveHighToLow(lowCd, lowAb).Store(target + stride);
        Sse.MoveLowToHigh(highAb, highCd).Store(target + (2 * stride));
        Sse.MoveHighToLow(highCd, highAb).Store(target + (3 * stride));
    }
}
