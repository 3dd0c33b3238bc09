namespace Morula.Regions;

/// <summary>How the box head sees the bins of a region.</summary>
public enum BoxHeadKind
{
    /// <summary>One filter over all bins at once: the reference's valid convolution as wide as the region.</summary>
    Whole,

    /// <summary>Two convolutions of 3 voxels, then the mean over the bins.</summary>
    Pooled,
}
