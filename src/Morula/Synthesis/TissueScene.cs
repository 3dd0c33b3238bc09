using System.Numerics;
using Morula.Volumes;

namespace Morula.Synthesis;

/// <summary>
/// A part of a label image seen as a membrane marker would show it. The part is turned by a random rotation and magnified; a
/// membrane is one voxel thick before blur, and each face has a brightness of its own and may miss a smooth patch.
/// </summary>
public sealed class TissueScene
{
    private const int PatchVoxels = 8;
    private const float PatchLight = 0.05f;
    private readonly EmbryoOptions optics;
    private readonly LabelVolume labels;
    private readonly RandomStream faces;
    private readonly float[] patches;

    private TissueScene(EmbryoOptions optics, LabelVolume labels, RandomStream stream)
    {
        (this.optics, this.labels, faces) = (optics, labels, stream.Fork(1));
        // Its sign tells where a patch is missing.
        patches = SmoothNoise.Of(labels.Extent, PatchVoxels, stream.Fork(2));
    }

    /// <summary>Draws one: the same random state gives the same voxels on any number of threads.</summary>
    /// <param name="shapes">Label image, Z Y X, of cells; 0 is outside.</param>
    /// <param name="options">How it is seen.</param>
    /// <param name="random">The state.</param>
    /// <returns>Whole grey values 0 to 255, and labels whose every cell is one connected piece; both of <see cref="EmbryoOptions.Extent"/>.</returns>
    /// <exception cref="ArgumentException">Another rank than 3, or no cell.</exception>
    public static (Volume Image, LabelVolume Labels) Create(LabelVolume shapes, TissueOptions options, Random random)
    {
        if (shapes.Rank != 3 || options.Optics.Extent.Count != 3) throw new ArgumentException($"Tissues have three axes; the shapes have {shapes.Rank}, the images {options.Optics.Extent.Count}.", nameof(shapes));
        var stream = new RandomStream(random);
        var field = new EmbryoField(options.Optics with { CellCount = 1 });
        LabelVolume labels = Turned(shapes, options, field, stream.Fork(1));
        Fragments.Join(labels);
        Volume stain = new TissueScene(options.Optics, labels, stream.Fork(2)).Stain(field);
        Clutter.Add(stain, labels, field, options.Optics, stream.Fork(5));
        return (Microscope.Image(stain, field.BlurVoxels, options.Optics, stream.Fork(3), stream.Fork(4)), labels);
    }

    // The labels around a random voxel of a cell, on the grid of the image; what lies outside of the shapes is 0.
    private static LabelVolume Turned(LabelVolume shapes, TissueOptions options, EmbryoField field, RandomStream stream)
    {
        Vector3 middle = Middle(shapes, ref stream);
        var rotation = Quaternion.Normalize(new Quaternion((float)stream.Gaussian(), (float)stream.Gaussian(), (float)stream.Gaussian(), (float)stream.Gaussian()));
        float finest = MathF.Min(field.Step.X, MathF.Min(field.Step.Y, field.Step.Z));
        float step = 1 / (float)(options.Magnification * (1 + (options.Variation * stream.Uniform(-1, 1))) * finest);
        var turned = new LabelVolume(field.Extent, field.Spacing);
        Parallel.For(0, field.Sizes[0], slice =>
        {
            int voxel = slice * field.Sizes[1] * field.Sizes[2];
            for (int row = 0; row < field.Sizes[1]; row++)
            {
                for (int column = 0; column < field.Sizes[2]; column++, voxel++)
                {
                    Vector3 place = middle + (step * Vector3.Transform(field.PointAt(slice + 0.5f, row + 0.5f, column + 0.5f), rotation));
                    turned.Voxels[voxel] = At(shapes, place);
                }
            }
        });
        return turned;
    }

    private static Vector3 Middle(LabelVolume shapes, ref RandomStream stream)
    {
        if (!shapes.Voxels.Any(label => label > 0)) throw new ArgumentException("The shapes hold no cell.", nameof(shapes));
        int voxel;
        do
        {
            voxel = stream.Below(shapes.Voxels.Length);
        }
        while (shapes.Voxels[voxel] <= 0);
        int row = voxel / shapes.Extent[2];
        return new Vector3((voxel % shapes.Extent[2]) + 0.5f, (row % shapes.Extent[1]) + 0.5f, (row / shapes.Extent[1]) + 0.5f);
    }

    private static int At(LabelVolume shapes, Vector3 place)
    {
        var (x, y, z) = ((int)MathF.Floor(place.X), (int)MathF.Floor(place.Y), (int)MathF.Floor(place.Z));
        if (x < 0 || y < 0 || z < 0 || x >= shapes.Extent[2] || y >= shapes.Extent[1] || z >= shapes.Extent[0]) return 0;
        return shapes.Voxels[(((z * shapes.Extent[1]) + y) * shapes.Extent[2]) + x];
    }

    private Volume Stain(EmbryoField field)
    {
        double blur = field.BlurVoxels[^1];
        float crest = (float)(optics.MembraneBrightness * Math.Max(1, Math.Sqrt(2 * Math.PI * ((blur * blur) + (1 / 12.0)))));
        long[] strides = labels.Extent.Strides();
        var stain = new Volume(labels.Extent, labels.Spacing);
        Slabs.ForEach(stain.Voxels.Length, (_, start, end) =>
        {
            for (int voxel = start; voxel < end; voxel++)
            {
                int own = labels.Voxels[voxel];
                float sheet = 0;
                for (int axis = 0; axis < strides.Length; axis++)
                {
                    if (voxel / strides[axis] % labels.Extent[axis] == labels.Extent[axis] - 1) continue;
                    int other = labels.Voxels[voxel + strides[axis]];
                    if (other != own) sheet = MathF.Max(sheet, Brightness(own, other, voxel));
                }

                stain.Voxels[voxel] = (float)(own > 0 ? optics.CytoplasmBrightness : optics.BackgroundBrightness) + (sheet * crest);
            }
        });
        return stain;
    }

    private float Brightness(int first, int second, int voxel)
    {
        RandomStream own = FaceStain.Of(faces, first, second);
        bool misses = own.Uniform() < optics.MissingPatches;
        float side = own.Uniform() < 0.5 ? -1 : 1;
        float bright = (float)Math.Exp(optics.FaceVariation * own.Gaussian());
        return misses && side * patches[voxel] > 0.3f ? bright * PatchLight : bright;
    }
}
