using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Morula.Layers;

/// <summary>Some tiles at a time: their voxels are transformed (B d), multiplied with the taps for each of the 64 products, and transformed back (A m). Room of one thread.</summary>
internal sealed unsafe class WinogradBlock : IDisposable
{
    /// <summary>Channels of the result that registers hold at once.</summary>
    public const int Columns = 16;

    private const int Lanes = 8;
    private const int TilesAtOnce = 6;
    private readonly WinogradShape shape;
    private readonly float* voxels;
    private readonly float* products;

    public WinogradBlock(WinogradShape shape)
    {
        this.shape = shape;
        voxels = Room(WinogradShape.TilesOfBlock * shape.Inputs);
        products = Room(WinogradShape.TilesOfBlock * shape.Outputs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(voxels);
        NativeMemory.AlignedFree(products);
    }

    /// <summary>Computes the tiles of a block.</summary>
    /// <param name="block">Its number.</param>
    /// <param name="source">[N, Z, Y, X, C].</param>
    /// <param name="taps">[64, K / 16, C, 16].</param>
    /// <param name="target">[N, Z, Y, X, K].</param>
    public void Convolve(long block, float* source, float* taps, float* target)
    {
        long start = block * WinogradShape.TilesOfBlock;
        int count = (int)Math.Min(WinogradShape.TilesOfBlock, shape.Tiles - start);
        for (int index = 0; index < count; index++) Read(start + index, source, voxels + (index * shape.Inputs));
        for (int product = 0; product < WinogradShape.Products; product++)
        {
            float* own = voxels + (product * WinogradShape.TilesOfBlock * shape.Inputs);
            float* found = products + (product * WinogradShape.TilesOfBlock * shape.Outputs);
            for (int column = 0; column < shape.Outputs; column += Columns)
            {
                float* some = taps + ((((long)product * shape.Outputs) + column) * shape.Inputs);
                for (int index = 0; index < count; index += TilesAtOnce) Multiply(own + (index * shape.Inputs), some, found + (index * shape.Outputs) + column);
            }
        }

        for (int index = 0; index < count; index++) Write(start + index, products + (index * shape.Outputs), target);
    }

    private static float* Room(int channels)
    {
        nuint bytes = (nuint)(WinogradShape.Products * channels * sizeof(float));
        float* room = (float*)NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(room, bytes);
        return room;
    }

    // Four voxels along each axis, zeros outside of the map, to 64 numbers a channel, eight channels after eight: along the last axis first.
    private void Read(long number, float* source, float* target)
    {
        var (map, slice, row, column) = shape.At(number);
        int channels = shape.Inputs;
        float** lines = stackalloc float*[16];
        for (int line = 0; line < 16; line++)
        {
            int z = slice - 1 + (line / 4), y = row - 1 + (line % 4);
            bool isInside = z >= 0 && z < shape.Slices && y >= 0 && y < shape.Rows;
            lines[line] = isInside ? source + ((((((map * shape.Slices) + z) * shape.Rows) + y) * shape.Columns) + column - 1) * channels : null;
        }

        bool hasFirst = column > 0, hasThird = column + 1 < shape.Columns, hasFourth = column + 2 < shape.Columns;
        float* room = stackalloc float[WinogradShape.Products * Lanes];
        int step = WinogradShape.TilesOfBlock * channels;
        for (int channel = 0; channel < channels; channel += Lanes)
        {
            for (int line = 0; line < 16; line++)
            {
                float* at = lines[line] + channel;
                Vector256<float> first = default, second = default, third = default, fourth = default;
                if (lines[line] != null)
                {
                    second = Vector256.Load(at + channels);
                    if (hasFirst) first = Vector256.Load(at);
                    if (hasThird) third = Vector256.Load(at + (2 * channels));
                    if (hasFourth) fourth = Vector256.Load(at + (3 * channels));
                }

                Spread(first, second, third, fourth, room + (4 * Lanes * line), Lanes);
            }

            for (int line = 0; line < 16; line++)
            {
                float* at = room + (((16 * (line / 4)) + (line % 4)) * Lanes);
                Spread(Vector256.Load(at), Vector256.Load(at + (4 * Lanes)), Vector256.Load(at + (8 * Lanes)), Vector256.Load(at + (12 * Lanes)), at, 4 * Lanes);
            }

            for (int line = 0; line < 16; line++)
            {
                float* at = room + (line * Lanes);
                Spread(
                    Vector256.Load(at), Vector256.Load(at + (16 * Lanes)), Vector256.Load(at + (32 * Lanes)), Vector256.Load(at + (48 * Lanes)),
                    target + (line * step) + channel, 16 * step);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(Vector256<float> first, Vector256<float> second, Vector256<float> third, Vector256<float> fourth, float* target, int step)
    {
        (first - third).Store(target);
        (second + third).Store(target + step);
        (third - second).Store(target + (2 * step));
        (second - fourth).Store(target + (3 * step));
    }

    // Six tiles with sixteen channels of the result: as many as there are registers for.
    private void Multiply(float* own, float* taps, float* found)
    {
        int inputs = shape.Inputs, outputs = shape.Outputs;
        Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default, e0 = default, e1 = default, f0 = default, f1 = default;
        float* b = own + inputs, c = b + inputs, d = c + inputs, e = d + inputs, f = e + inputs;
        for (int input = 0; input < inputs; input++, taps += Columns)
        {
            Vector256<float> low = Vector256.Load(taps), high = Vector256.Load(taps + Lanes);
            Vector256<float> voxel = Vector256.Create(own[input]);
            a0 = Fma.MultiplyAdd(voxel, low, a0);
            a1 = Fma.MultiplyAdd(voxel, high, a1);
            voxel = Vector256.Create(b[input]);
            b0 = Fma.MultiplyAdd(voxel, low, b0);
            b1 = Fma.MultiplyAdd(voxel, high, b1);
            voxel = Vector256.Create(c[input]);
            c0 = Fma.MultiplyAdd(voxel, low, c0);
            c1 = Fma.MultiplyAdd(voxel, high, c1);
            voxel = Vector256.Create(d[input]);
            d0 = Fma.MultiplyAdd(voxel, low, d0);
            d1 = Fma.MultiplyAdd(voxel, high, d1);
            voxel = Vector256.Create(e[input]);
            e0 = Fma.MultiplyAdd(voxel, low, e0);
            e1 = Fma.MultiplyAdd(voxel, high, e1);
            voxel = Vector256.Create(f[input]);
            f0 = Fma.MultiplyAdd(voxel, low, f0);
            f1 = Fma.MultiplyAdd(voxel, high, f1);
        }

        Store(found, a0, a1);
        Store(found + outputs, b0, b1);
        Store(found + (2 * outputs), c0, c1);
        Store(found + (3 * outputs), d0, d1);
        Store(found + (4 * outputs), e0, e1);
        Store(found + (5 * outputs), f0, f1);
    }

    private static void Store(float* target, Vector256<float> low, Vector256<float> high)
    {
        low.Store(target);
        high.Store(target + Lanes);
    }

    // 64 numbers a channel to two voxels along each axis, eight channels after eight: along the first axis first.
    private void Write(long number, float* own, float* target)
    {
        var (map, slice, row, column) = shape.At(number);
        int channels = shape.Outputs, step = WinogradShape.TilesOfBlock * channels;
        bool hasSecond = column + 1 < shape.Columns;
        float* room = stackalloc float[32 * Lanes];
        for (int channel = 0; channel < channels; channel += Lanes)
        {
            for (int line = 0; line < 16; line++) Gather(own + (line * step) + channel, 16 * step, room + (line * Lanes), 16 * Lanes);
            for (int line = 0; line < 8; line++)
            {
                float* at = room + (((16 * (line / 4)) + (line % 4)) * Lanes);
                Gather(at, 4 * Lanes, at, 4 * Lanes);
            }

            for (int line = 0; line < 4; line++)
            {
                int z = slice + (line / 2), y = row + (line % 2);
                if (z >= shape.Slices || y >= shape.Rows) continue;
                float* at = room + (((16 * (line / 2)) + (4 * (line % 2))) * Lanes);
                float* voxel = target + (((((((map * shape.Slices) + z) * shape.Rows) + y) * shape.Columns) + column) * channels) + channel;
                Vector256<float> second = Vector256.Load(at + Lanes), third = Vector256.Load(at + (2 * Lanes));
                (Vector256.Load(at) + second + third).Store(voxel);
                if (hasSecond) (second - third - Vector256.Load(at + (3 * Lanes))).Store(voxel + channels);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gather(float* own, int step, float* target, int targetStep)
    {
        Vector256<float> first = Vector256.Load(own), second = Vector256.Load(own + step), third = Vector256.Load(own + (2 * step)), fourth = Vector256.Load(own + (3 * step));
        (first + second + third).Store(target);
        (second - third - fourth).Store(target + targetStep);
    }
}
