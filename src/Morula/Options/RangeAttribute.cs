namespace Morula.Options;

/// <summary>The values an option may take, both ends included. For a list, every item is held to it.</summary>
/// <param name="least">Smallest value.</param>
/// <param name="most">Largest value.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RangeAttribute(double least, double most) : Attribute
{
    /// <summary>Smallest value.</summary>
    public double Least { get; } = least;

    /// <summary>Largest value.</summary>
    public double Most { get; } = most;
}
