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

    public (Volume Image, LabelVolume Labels) Apply(Volume image, LabelVolume labels)
    {
        var source = new Source(image, labels);
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

        return (new Volume(shape, image.Spacing, intensities), new LabelVolume(shape, image.Spacing, truth));
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

    /// <summary>The source seen as frames of three axes in space.</summary>
    private sealed class Source(Volume image, LabelVolume labels)
    {
        private readonly int[] sizes = SpaceAndTime.Space(image.Extent.Sizes, 1);
        private readonly int frames = SpaceAndTime.Frames(image.Extent);

        public void Read(int frame, float[][] places, Span<float> intensities, Span<int> truth)
        {
            if (frame < 0 || frame >= frames)
            {
                intensities.Fill(Intensity.Background);
                return;
            }

            int count = sizes[0] * sizes[1] * sizes[2];
            ReadOnlySpan<float> voxels = image.Voxels.AsSpan(frame * count, count);
            ReadOnlySpan<int> ids = labels.Voxels.AsSpan(frame * count, count);
            var (depth, height, width) = (sizes[0], sizes[1], sizes[2]);
            for (int x = 0; x < truth.Length; x++)
            {
                var (z, y, c) = (places[0][x], places[1][x], places[2][x]);
                int nearZ = (int)MathF.Floor(z + 0.5f);
                int nearY = (int)MathF.Floor(y + 0.5f);
                int nearX = (int)MathF.Floor(c + 0.5f);
                if ((uint)nearZ >= (uint)depth || (uint)nearY >= (uint)height || (uint)nearX >= (uint)width)
                {
                    intensities[x] = Intensity.Background;
                    continue;
                }

                truth[x] = ids[(((nearZ * height) + nearY) * width) + nearX];
                intensities[x] = Interpolate(voxels, z, y, c);
            }
        }

        // Within half a voxel of the border the outermost voxel goes on.
        private float Interpolate(ReadOnlySpan<float> voxels, float z, float y, float x)
        {
            var (z0, z1, tz) = Neighbours(z, sizes[0]);
            var (y0, y1, ty) = Neighbours(y, sizes[1]);
            var (x0, x1, tx) = Neighbours(x, sizes[2]);
            int row00 = ((z0 * sizes[1]) + y0) * sizes[2];
            int row01 = ((z0 * sizes[1]) + y1) * sizes[2];
            int row10 = ((z1 * sizes[1]) + y0) * sizes[2];
            int row11 = ((z1 * sizes[1]) + y1) * sizes[2];
            float near = Mix(Mix(voxels[row00 + x0], voxels[row00 + x1], tx), Mix(voxels[row01 + x0], voxels[row01 + x1], tx), ty);
            float far = Mix(Mix(voxels[row10 + x0], voxels[row10 + x1], tx), Mix(voxels[row11 + x0], voxels[row11 + x1], tx), ty);
            return Mix(near, far, tz);
        }

        private static (int Below, int Above, float Fraction) Neighbours(float place, int size)
        {
            float held = Math.Clamp(place, 0, size - 1);
            int below = (int)held;
            return (below, Math.Min(below + 1, size - 1), held - below);
        }

        private static float Mix(float from, float to, float share) => from + (share * (to - from));
    }
}
