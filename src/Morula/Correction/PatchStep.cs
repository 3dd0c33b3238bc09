using Morula.Volumes;

namespace Morula.Correction;

/// <summary>One change of the labels of a frame, made block by block.</summary>
internal abstract record PatchStep
{
    /// <summary>Changes a part of the frame in place.</summary>
    /// <param name="part">Labels Z Y X.</param>
    /// <param name="place">Where they lie in the frame.</param>
    public abstract void Apply(LabelVolume part, Block place);
}
