namespace Morula.Layers;

/// <summary>The taps of a convolution as minimal filtering multiplies with them (G g of Lavin and Gray 2016, along each axis).</summary>
internal static unsafe class WinogradTaps
{
    private const int Taps = 27;

    /// <summary>Turns [K, C, 3, 3, 3] into [64, K / 16, C, 16].</summary>
    public static void Transform(float* weight, WinogradShape shape, float* taps)
    {
        float* first = stackalloc float[36], second = stackalloc float[48];
        int pairs = shape.Inputs * shape.Outputs;
        for (int output = 0; output < shape.Outputs; output++)
        {
            for (int input = 0; input < shape.Inputs; input++)
            {
                float* own = weight + (((output * shape.Inputs) + input) * Taps);
                float* target = taps + (((output / WinogradBlock.Columns * shape.Inputs) + input) * WinogradBlock.Columns) + (output % WinogradBlock.Columns);
                for (int line = 0; line < 9; line++) Along(own + (3 * line), 1, first + (4 * line), 1);                                   // [3, 3, 4]
                for (int line = 0; line < 12; line++) Along(first + (12 * (line / 4)) + (line % 4), 4, second + (16 * (line / 4)) + (line % 4), 4);   // [3, 4, 4]
                for (int line = 0; line < 16; line++) Along(second + line, 16, target + (line * (long)pairs), 16 * (long)pairs);           // [4, 4, 4]
            }
        }
    }

    private static void Along(float* taps, int step, float* target, long targetStep)
    {
        float low = taps[0], middle = taps[step], high = taps[2 * step];
        target[0] = low;
        target[targetStep] = 0.5f * (low + middle + high);
        target[2 * targetStep] = 0.5f * (low - middle + high);
        target[3 * targetStep] = high;
    }
}
