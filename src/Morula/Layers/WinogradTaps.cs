using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Morula.Layers;

/// <summary>The taps of a convolution as minimal filtering multiplies with them (G g of Lavin and Gray 2016, along each axis).</summary>
internal static unsafe class WinogradTaps
{
    private const int Taps = 27;
    private const int Lanes = 8;

    /// <summary>Turns [K, C, 3, 3, 3] into [64, K / 16, C, 16], eight channels of the result after eight.</summary>
    public static void Transform(float* weight, WinogradShape shape, float* taps)
    {
        float* own = stackalloc float[Taps * Lanes], first = stackalloc float[36 * Lanes], second = stackalloc float[48 * Lanes];
        int pairs = shape.Inputs * shape.Outputs;
        for (int output = 0; output < shape.Outputs; output += Lanes)
        {
            for (int input = 0; input < shape.Inputs; input++)
            {
                for (int lane = 0; lane < Lanes; lane++)
                {
                    float* source = weight + ((((output + lane) * shape.Inputs) + input) * Taps);
                    for (int tap = 0; tap < Taps; tap++) own[(tap * Lanes) + lane] = source[tap];
                }

                float* target = taps + (((output / WinogradBlock.Columns * shape.Inputs) + input) * WinogradBlock.Columns) + (output % WinogradBlock.Columns);
                for (int line = 0; line < 9; line++) Along(own + (3 * Lanes * line), Lanes, first + (4 * Lanes * line), Lanes);                                      // [3, 3, 4]
                for (int line = 0; line < 12; line++)
                    Along(first + (((12 * (line / 4)) + (line % 4)) * Lanes), 4 * Lanes, second + (((16 * (line / 4)) + (line % 4)) * Lanes), 4 * Lanes);            // [3, 4, 4]
                for (int line = 0; line < 16; line++) Along(second + (line * Lanes), 16 * Lanes, target + (line * (long)pairs), 16 * (long)pairs);                    // [4, 4, 4]
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Along(float* taps, int step, float* target, long targetStep)
    {
        Vector256<float> low = Vector256.Load(taps), middle = Vector256.Load(taps + step), high = Vector256.Load(taps + (2 * step));
        low.Store(target);
        (0.5f * (low + middle + high)).Store(target + targetStep);
        (0.5f * (low - middle + high)).Store(target + (2 * targetStep));
        high.Store(target + (3 * targetStep));
    }
}
