using Morula.Formats;
using Morula.Volumes;

namespace Morula.Correction;

/// <summary>A label takes the place of another.</summary>
internal sealed record Renaming(int From, int To) : PatchStep
{
    public override void Apply(LabelVolume part, Block place) => FrameLabels.Replace(part.Voxels, part.Voxels, label => label == From ? To : label);
}
