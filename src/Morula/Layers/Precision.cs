namespace Morula.Layers;

/// <summary>Width of floating-point numbers.</summary>
public enum Precision
{
    /// <summary>Four bytes.</summary>
    Float32,

    /// <summary>Two bytes: the exponent of Float32 with eight bits of mantissa.</summary>
    BFloat16,
}
