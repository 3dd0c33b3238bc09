namespace Morula.Tracking;

/// <summary>
/// Student's distribution around 0 in any number of axes: steps of cells, most of which rest while some are pushed. Its 4 degrees of
/// freedom give it tails that let a single far step pass.
/// </summary>
internal static class HeavyTail
{
    private const double Freedom = 4;
    private const int Rounds = 30;

    /// <summary>Logarithm of the density at a distance from 0.</summary>
    /// <param name="distance">The distance.</param>
    /// <param name="spread">Spread, in the same unit.</param>
    /// <param name="axes">Number of axes.</param>
    public static double LogDensity(double distance, double spread, int axes)
    {
        double steps = distance / spread;
        return Math.Log(Gamma((int)Freedom + axes) / Gamma((int)Freedom))
            - (axes / 2.0 * Math.Log(Freedom * Math.PI * spread * spread))
            - ((Freedom + axes) / 2 * Math.Log(1 + (steps * steps / Freedom)));
    }

    /// <summary>The likeliest spread of distances, by expectation and maximisation (Lange, Little and Taylor 1989).</summary>
    /// <param name="distances">The distances.</param>
    /// <param name="axes">Number of axes.</param>
    /// <param name="prior">Spread where there are none.</param>
    /// <param name="weight">Number of distances that the prior counts as.</param>
    public static double Spread(IEnumerable<double> distances, int axes, double prior, double weight)
    {
        double[] squares = [.. distances.Select(distance => distance * distance)];
        double scale = prior * prior;
        for (int round = 0; round < Rounds; round++)
        {
            double sum = squares.Sum(square => (Freedom + axes) / (Freedom + (square / scale)) * square);
            scale = ((sum / axes) + (weight * prior * prior)) / (squares.Length + weight);
        }

        return Math.Sqrt(scale);
    }

    // The gamma function of half a whole number.
    private static double Gamma(int twice)
    {
        double value = twice % 2 == 0 ? 1 : Math.Sqrt(Math.PI);
        for (double at = twice % 2 == 0 ? 1 : 0.5; at < (twice / 2.0) - 0.25; at++) value *= at;
        return value;
    }
}
