using System.Globalization;
using System.Text;
using Morula.Formats;
using Morula.Volumes;

namespace Morula.Bench.Viewer;

/// <summary>
/// A large tracked movie that is quick to make: cells are what lies nearest to points that drift within an ellipsoid, membranes are bright where the second
/// nearest is as near, and some points become two. The pattern is made on a grid four times as coarse, and noise is added on the fine one.
/// </summary>
/// <param name="extent">Sizes of a frame, Z Y X, multiples of four.</param>
/// <param name="frames">Number of frames.</param>
/// <param name="seed">Of the points and the noise.</param>
internal sealed class ViewerScene(Extent extent, int frames, int seed)
{
    private const int Factor = 4;
    private const int Founders = 90;
    private const int Dividing = 15;
    private const int Noise = 24;
    private static readonly Spacing Step = new(0.5, 0.3, 0.3);

    private readonly Extent coarse = new(extent[0] / Factor, extent[1] / Factor, extent[2] / Factor);

    /// <summary>Writes raw/, labels/ and tracks.csv; frames that are there already stay.</summary>
    public void Write(string folder)
    {
        var table = new StringBuilder("t,label,parent_label\n");
        for (int frame = 0; frame < frames; frame++)
        {
            var (cells, membranes) = Pattern(frame);
            foreach (int label in cells.Where(label => label > 0).Distinct().Order())
                table.Append(CultureInfo.InvariantCulture, $"{frame},{label},{MotherOf(label)}\n");
            string name = $"t{frame:000}.tif";
            string labels = Path.Combine(folder, "labels", name);
            if (File.Exists(labels)) continue;
            VolumeFile.WriteImage(Path.Combine(folder, "raw", name), extent, Step, VoxelType.UInt8, block => Image(membranes, block, frame));
            VolumeFile.WriteLabels(labels, extent, Step, ushort.MaxValue, block => Labels(cells, block));
            Console.Error.WriteLine($"frame {frame + 1} of {frames}");
        }

        AtomicFile.WriteText(Path.Combine(folder, LineageTable.FileName), table.ToString());
    }

    private static int MotherOf(int label) => label <= Founders ? 0 : 1 + ((label - Founders - 1) / 2);

    // Ids and places, in shares of the field, of the points of a frame.
    private List<(int Id, double[] Place)> Points(int frame)
    {
        var points = new List<(int, double[])>();
        for (int id = 1; id <= Founders; id++)
        {
            var random = new Random((seed * 1000) + id);
            double[] place;
            do place = [.. Enumerable.Range(0, 3).Select(_ => (2 * random.NextDouble()) - 1)];
            while (place.Sum(along => along * along) > 0.8);
            double[] drift = [.. Enumerable.Range(0, 3).Select(_ => (random.NextDouble() - 0.5) * 0.2)];
            double time = (double)frame / frames;
            place = [.. place.Select((along, axis) => along + (time * drift[axis]))];
            if (id > Dividing || time < 0.4)
            {
                points.Add((id, place));
                continue;
            }

            foreach (int side in new[] { -1, 1 })
                points.Add((Founders + (2 * id) - (side < 0 ? 1 : 0), [.. place.Select((along, axis) => along + (axis == id % 3 ? 0.08 * side : 0))]));
        }

        return points;
    }

    private (int[] Cells, byte[] Membranes) Pattern(int frame)
    {
        var (cells, membranes) = (new int[coarse.Count], new byte[coarse.Count]);
        List<(int Id, double[] Place)> points = Points(frame);
        Parallel.For(0, coarse[0], z =>
        {
            for (int voxel = z * coarse[1] * coarse[2]; voxel < (z + 1) * coarse[1] * coarse[2]; voxel++)
            {
                double[] place = [.. new[] { z, voxel / coarse[2] % coarse[1], voxel % coarse[2] }.Select((index, axis) => (2.0 * (index + 0.5) / coarse[axis]) - 1)];
                double outside = place.Sum(along => along * along);
                var (best, second, id) = (9.0, 9.0, 0);
                foreach (var (other, centre) in points)
                {
                    var (dz, dy, dx) = (place[0] - centre[0], place[1] - centre[1], place[2] - centre[2]);
                    double distance = Math.Sqrt((dz * dz) + (dy * dy) + (dx * dx));
                    if (distance < best) (second, best, id) = (best, distance, other);
                    else second = Math.Min(second, distance);
                }

                cells[voxel] = outside < 0.85 ? id : 0;
                double gap = Math.Min(second - best, Math.Abs(0.85 - outside));
                membranes[voxel] = (byte)(outside < 0.95 ? 20 + (200 * Math.Exp(-gap * gap / 0.0012)) : 8);
            }
        });
        return (cells, membranes);
    }

    private LabelVolume Labels(int[] cells, Block block)
    {
        var labels = new LabelVolume(block.Extent, Step);
        Fill(block, (target, z, y, x) => labels.Voxels[target] = cells[Index(z / Factor, y / Factor, x / Factor)]);
        return labels;
    }

    private Volume Image(byte[] membranes, Block block, int frame)
    {
        var image = new Volume(block.Extent, Step);
        Fill(block, (target, z, y, x) =>
        {
            // Of the two nearest coarse columns, by distance: enough that no blocks are seen in a row.
            var (column, share) = (x / Factor, x % Factor / (float)Factor);
            int row = Index(z / Factor, y / Factor, 0);
            float value = ((1 - share) * membranes[row + column]) + (share * membranes[row + Math.Min(coarse[2] - 1, column + 1)]);
            uint noise = unchecked((uint)(((z * 73856093) ^ (y * 19349663) ^ (x * 83492791) ^ (frame * 15485863)) + seed));
            noise = unchecked((noise ^ (noise >> 15)) * 2246822519);
            image.Voxels[target] = value + (noise >> 13) % Noise;
        });
        return image;
    }

    private int Index(int z, int y, int x) => (((z * coarse[1]) + y) * coarse[2]) + x;

    private static void Fill(Block block, Action<int, int, int, int> voxel)
    {
        Extent size = block.Extent;
        int[] lower = block.Lower.ToArray();
        Parallel.For(0, size[0] * size[1], row =>
        {
            for (int column = 0; column < size[2]; column++)
                voxel((row * size[2]) + column, lower[0] + (row / size[1]), lower[1] + (row % size[1]), lower[2] + column);
        });
    }
}
