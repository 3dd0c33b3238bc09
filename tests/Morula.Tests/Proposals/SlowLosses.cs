namespace Morula.Tests.Proposals;

/// <summary>Losses and codes as they are defined, number by number in double precision.</summary>
internal static class SlowLosses
{
    /// <summary>Mean over rows of minus the logarithm of the label's softmax.</summary>
    public static double CrossEntropy(IReadOnlyList<(float[] Logits, int Label)> rows) =>
        rows.Average(row => Math.Log(row.Logits.Sum(logit => Math.Exp(logit))) - row.Logits[row.Label]);

    /// <summary>Mean over all numbers of x^2 / 2 below 1 and x - 1/2 above.</summary>
    public static double SmoothL1(IEnumerable<(double Found, double Expected)> numbers) => numbers.Average(pair =>
    {
        double off = Math.Abs(pair.Found - pair.Expected);
        return off < 1 ? off * off / 2 : off - 0.5;
    });

    /// <summary>Mean of -t log p - (1 - t) log(1 - p).</summary>
    public static double BinaryCrossEntropy(IEnumerable<(double Logit, double Target)> numbers) => numbers.Average(pair =>
    {
        double probability = 1 / (1 + Math.Exp(-pair.Logit));
        return -(pair.Target * Math.Log(probability)) - ((1 - pair.Target) * Math.Log(1 - probability));
    });

    /// <summary>Shifts of the centre over 0.1 sizes, then log sizes over 0.2.</summary>
    public static double[] Encode(ReadOnlySpan<float> truth, ReadOnlySpan<float> reference)
    {
        int rank = truth.Length / 2;
        var code = new double[2 * rank];
        for (int axis = 0; axis < rank; axis++)
        {
            double size = reference[rank + axis] - reference[axis];
            code[axis] = (truth[axis] + truth[rank + axis] - reference[axis] - reference[rank + axis]) / 2.0 / size / 0.1;
            code[rank + axis] = Math.Log((truth[rank + axis] - truth[axis]) / size) / 0.2;
        }

        return code;
    }

    public static float[] Decode(ReadOnlySpan<float> code, ReadOnlySpan<float> reference)
    {
        int rank = code.Length / 2;
        var box = new float[2 * rank];
        for (int axis = 0; axis < rank; axis++)
        {
            double size = reference[rank + axis] - reference[axis];
            double centre = ((reference[axis] + reference[rank + axis]) / 2) + (code[axis] * 0.1 * size);
            double half = Math.Exp(code[rank + axis] * 0.2) * size / 2;
            (box[axis], box[rank + axis]) = ((float)(centre - half), (float)(centre + half));
        }

        return box;
    }
}
