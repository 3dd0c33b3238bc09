namespace Morula.Tracking;

/// <summary>
/// What links cost: negative logarithms of how much likelier the measurements are for cells that belong together than for cells that
/// have nothing to do with each other. Unrelated cells lie one per cell's volume, and their volumes differ as <see cref="Variety"/> says.
/// Costs below 0 speak for a link; those of appearing and disappearing, plain probabilities, are what a link has to beat.
/// </summary>
/// <param name="options">Spreads and rates.</param>
/// <param name="axes">Number of axes along which cells move.</param>
internal sealed class LinkCosts(LinkOptions options, int axes)
{
    /// <summary>Overlap that cells without any are credited with: a fast cell is unlikely, not impossible.</summary>
    public const double LeastOverlap = 0.02;

    private const double Even = 0.5;

    // Spread of the logarithms of the volumes of unrelated cells (mean absolute value).
    private const double Variety = 0.5;

    // Share of volumes that are wrong, whatever the cells are: one bad contour must not outweigh everything else.
    private const double WrongVolumes = 0.02;

    // Weight of the angle: daughters side by side, seen under a right angle, are e times less likely than opposite ones.
    private const double Stiffness = 1;
    private const double SureAt = 1e-3;

    /// <summary>Of a link to the next frame, not counting that the cell did not divide.</summary>
    public double Link(LinkFeatures features) => Place(features) + Volume(Math.Abs(features.VolumeChange), options.VolumeSpread);

    /// <summary>The part of a link that knows positions alone.</summary>
    public double Place(LinkFeatures features) =>
        -HeavyTail.LogDensity(features.Step, options.StepSpread, axes) - Math.Log(Ball.Content(axes))
            - (options.OverlapWeight * Math.Log(Math.Max(LeastOverlap, features.Overlap)));

    /// <summary>Of two cells being daughters, not counting how often cells divide.</summary>
    public double Division(DivisionFeatures features) => Link(features.Union)
        + Apart(features.Distance)
        + Volume(features.VolumeDifference, options.DaughterVolumeSpread)
        + (Stiffness * (1 + features.Straightness));

    /// <summary>Of dividing; the chance of a cell of which nothing else is known is the rate.</summary>
    /// <param name="probability">What a network says of it, or null.</param>
    public double Divides(double? probability) => -Math.Log(Trusted(probability, options.DivisionRate));

    /// <summary>Of not dividing.</summary>
    /// <param name="probability">What a network says of it, or null.</param>
    public double Stays(double? probability) => -Math.Log(1 - Trusted(probability, options.DivisionRate));

    /// <summary>Of being the same cell, as far as a network tells; 0 where it does not.</summary>
    public double Same(double? probability) => -Math.Log(Trusted(probability, Even) / Even);

    /// <summary>Of being born, as far as a network tells; 0 where it does not.</summary>
    public double Born(double? probability) => -Math.Log(Trusted(probability, BirthRate) / BirthRate);

    /// <summary>Of not being born, as far as a network tells; 0 where it does not.</summary>
    public double Older(double? probability) => -Math.Log((1 - Trusted(probability, BirthRate)) / (1 - BirthRate));

    /// <summary>Of being missing from as many frames.</summary>
    public double Missing(int frames) => -frames * Math.Log(options.MissRate);

    /// <summary>Of coming out of nothing.</summary>
    public double Appears(SeenCell cell) => -Math.Log(cell.AtBorder ? options.BorderRate : options.AppearanceRate);

    /// <summary>Of being gone in the next frame.</summary>
    public double Disappears(SeenCell cell) => -Math.Log(cell.AtBorder ? options.BorderRate : options.DisappearanceRate);

    /// <summary>Of taking a cell for none, less the cost of taking it for one.</summary>
    /// <param name="score">Probability that it is one, or null: it is one for sure.</param>
    public static double Dismissed(double? score) => score is { } chance ? Math.Log(Chance(chance) / (1 - Chance(chance))) : double.PositiveInfinity;

    // Both densities are Laplace's; the ratio is mixed with that of volumes that say nothing.
    private static double Volume(double difference, double spread) =>
        -Math.Log(((1 - WrongVolumes) * Variety / spread * Math.Exp((difference / Variety) - (difference / spread))) + WrongVolumes);

    // Daughters lie on a shell: its area goes with the usual distance to the power of the axes but one.
    private double Apart(double distance) =>
        -HeavyTail.LogDensity(distance - options.DaughterDistance, options.DaughterDistanceSpread, 1)
            + Math.Log(axes * Math.Pow(options.DaughterDistance, axes - 1));

    // Each division gives two that are born.
    private double BirthRate => 2 * options.DivisionRate / (1 + options.DivisionRate);

    // What a network says counts as far as it is trusted; the rest is what is known without it.
    private double Trusted(double? probability, double usual) => probability is { } told ? (options.Trust * told) + ((1 - options.Trust) * usual) : usual;

    // Networks are never as sure as they say.
    private static double Chance(double probability) => Math.Clamp(probability, SureAt, 1 - SureAt);
}
