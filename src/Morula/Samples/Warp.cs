using Morula.Volumes;

namespace Morula.Samples;

/// <summary>
/// Magnifies and bends a crop in one pass over the source: images by linear interpolation, labels by the nearest voxel, so
/// that both see the same displacement. Axes are three in space (see <see cref="SpaceAndTime"/>); every frame bends alike.
/// </summary>
internal sealed class Warp
{
    private readonly Extent shape;
    private readonly int firstFrame;
    private readonly int[] sizes;
    private readonly double[] steps = new double[3];
    private readonly double[] starts = new double[3];
    private readonly float[] reach = new float[3];
    private readonly SmoothField?[] bends = new SmoothField?[3];

    /// <summary>Draws the displacement of a crop of <paramref name="shape"/> that shows <paramref name="window"/> of the source.</summary>
    public Warp(Extent shape, Block window, Spacing spacing, SampleOptions options, Random random)
    {
        this.shape = shape;
        firstFrame = shape.Rank > 3 ? window.Lower[0] : 0;
        sizes = SpaceAndTime.Space(shape.Sizes, 1);
        int[] lower = SpaceAndTime.Space(window.Lower, 0);
        int[] shown = SpaceAndTime.Space(window.Extent.Sizes, 1);
        double[] space = SpaceAndTime.Space(spacing.Steps, double.PositiveInfinity);
        double finest = space.Min();
        double[] nodeSteps = [.. space.Select(step => options.ElasticStep * finest / step)];
        for (int axis = 0; axis < 3; axis++)
        {
            steps[axis] = (double)shown[axis] / sizes[axis];
            starts[axis] = lower[axis] + (0.5 * steps[axis]) - 0.5;
            reach[axis] = (float)(options.ElasticMagnitude * finest / space[axis]);
            if (options.ElasticMagnitude > 0 && sizes[axis] > 1) bends[axis] = new SmoothField(sizes, nodeSteps, reach[axis], random);
        }
    }

    /// <summary>The block of an image of <paramref name="whole"/> voxels that the crop is made of: at least one voxel, no more than it needs.</summary>
    public Block Reach(Extent whole)
    {
        int[] most = SpaceAndTime.Space(whole.Sizes, 1);
        var (least, greatest) = Span();
        var (lower, upper) = (new int[whole.Rank], new int[whole.Rank]);
        int first = SpatialAxes.First(whole.Rank);
        for (int axis = whole.Rank - 1, space = 2; axis >= first; axis--, space--)
        {
            // Interpolation and the nearest voxel both look at most one voxel further.
            lower[axis] = (int)Math.Clamp(least[space], 0, most[space] - 1);
            upper[axis] = Math.Min((int)Math.Clamp(greatest[space], 0, most[space] - 1) + 2, most[space]);
        }

        if (first > 0)
        {
            lower[0] = Math.Clamp(firstFrame, 0, whole[0] - 1);
            upper[0] = Math.Clamp(firstFrame + SpaceAndTime.Frames(shape), lower[0] + 1, whole[0]);
        }

        return new Block(lower, upper);
    }

    /// <summary>The crop, from a part that holds its <see cref="Reach"/>.</summary>
    public (Volume Image, LabelVolume Labels) Apply(PairPart part)
    {
        var source = new Source(part);
        var intensities = new float[shape.Count];
        var truth = new int[shape.Count];
        float[][] places = [new float[sizes[2]], new float[sizes[2]], new float[sizes[2]]];
        int rowCount = sizes[0] * sizes[1];
        for (int row = 0; row < rowCount; row++)
        {
            Locate(row / sizes[1], row % sizes[1], places);
            for (int frame = 0; frame < SpaceAndTime.Frames(shape); frame++)
            {
                int start = ((frame * rowCount) + row) * sizes[2];
                source.Read(firstFrame + frame, places, intensities.AsSpan(start, sizes[2]), truth.AsSpan(start, sizes[2]));
            }
        }

        return (new Volume(shape, part.Image.Spacing, intensities), new LabelVolume(shape, part.Image.Spacing, truth));
    }

    /// <summary>The least and the greatest place along each axis in space.</summary>
    private (float[] Least, float[] Greatest) Span()
    {
        var (least, greatest) = (new float[3], new float[3]);
        Array.Fill(least, float.PositiveInfinity);
        Array.Fill(greatest, float.NegativeInfinity);
        float[][] places = [new float[sizes[2]], new float[sizes[2]], new float[sizes[2]]];
        for (int row = 0; row < sizes[0] * sizes[1]; row++)
        {
            Locate(row / sizes[1], row % sizes[1], places);
            for (int axis = 0; axis < 3; axis++)
                foreach (float place in places[axis]) (least[axis], greatest[axis]) = (Math.Min(least[axis], place), Math.Max(greatest[axis], place));
        }

        return (least, greatest);
    }

    /// <summary>Places in the source, in voxels, of one row of the crop: one array per axis.</summary>
    private void Locate(int slice, int row, float[][] places)
    {
        for (int axis = 0; axis < 3; axis++)
        {
            Span<float> line = places[axis];
            if (bends[axis] is { } bend) bend.FillRow(slice, row, line);
            else line.Clear();
            double start = starts[axis] + (axis == 0 ? slice * steps[0] : axis == 1 ? row * steps[1] : 0);
            double step = axis == 2 ? steps[2] : 0;
            for (int x = 0; x < line.Length; x++) line[x] += (float)(start + (x * step));
        }
    }

    /// <summary>A part of the source seen as frames of three axes in space; places are those in the whole.</summary>
    private sealed class Source(PairPart part)
    {
        private readonly int[] whole = SpaceAndTime.Space(part.Whole.Sizes, 1);
        private readonly int[] held = SpaceAndTime.Space(part.Image.Extent.Sizes, 1);
        private readonly int[] lower = SpaceAndTime.Space(part.Lower, 0);
        private readonly int frames = SpaceAndTime.Frames(part.Whole);
        private readonly int firstFrame = part.Whole.Rank > 3 ? part.Lower[0] : 0;

        public void Read(int frame, float[][] places, Span<float> intensities, Span<int> truth)
        {
            if (frame < 0 || frame >= frames)
            {
                intensities.Fill(Intensity.Background);
                return;
            }

            int count = held[0] * held[1] * held[2];
            ReadOnlySpan<float> voxels = part.Image.Voxels.AsSpan((frame - firstFrame) * count, count);
            ReadOnlySpan<int> ids = part.Labels.Voxels.AsSpan((frame - firstFrame) * count, count);
            for (int x = 0; x < truth.Length; x++)
            {
                var (z, y, c) = (places[0][x], places[1][x], places[2][x]);
                int nearZ = (int)MathF.Floor(z + 0.5f);
                int nearY = (int)MathF.Floor(y + 0.5f);
                int nearX = (int)MathF.Floor(c + 0.5f);
                if ((uint)nearZ >= (uint)whole[0] || (uint)nearY >= (uint)whole[1] || (uint)nearX >= (uint)whole[2])
                {
                    intensities[x] = Intensity.Background;
                    continue;
                }

                truth[x] = ids[((((nearZ - lower[0]) * held[1]) + nearY - lower[1]) * held[2]) + nearX - lower[2]];
                intensities[x] = Interpolate(voxels, z, y, c);
            }
        }

        // Within half a voxel of the border the outermost voxel goes on.
        private float Interpolate(ReadOnlySpan<float> voxels, float z, float y, float x)
        {
            var (z0, z1, tz) = Neighbours(z, 0);
            var (y0, y1, ty) = Neighbours(y, 1);
            var (x0, x1, tx) = Neighbours(x, 2);
            int row00 = ((z0 * held[1]) + y0) * held[2];
            int row01 = ((z0 * held[1]) + y1) * held[2];
            int row10 = ((z1 * held[1]) + y0) * held[2];
            int row11 = ((z1 * held[1]) + y1) * held[2];
            float near = Mix(Mix(voxels[row00 + x0], voxels[row00 + x1], tx), Mix(voxels[row01 + x0], voxels[row01 + x1], tx), ty);
            float far = Mix(Mix(voxels[row10 + x0], voxels[row10 + x1], tx), Mix(voxels[row11 + x0], voxels[row11 + x1], tx), ty);
            return Mix(near, far, tz);
        }

        // Counted from the first voxel held.
        private (int Below, int Above, float Fraction) Neighbours(float place, int axis)
        {
            float inside = Math.Clamp(place, 0, whole[axis] - 1);
            int below = (int)inside;
            return (below - lower[axis], Math.Min(below + 1, whole[axis] - 1) - lower[axis], inside - below);
        }

        private static float Mix(float from, float to, float share) => from + (share * (to - from));
    }
}
