using Morula.Formats;
using Morula.Reports;
using Morula.Tracking;
using Morula.Volumes;

namespace Morula.Diagnosis;

/// <summary>What else is packed with the program: file formats, pictures, the solver of links.</summary>
internal static class LibraryChecks
{
    private const string Again = "install Morula anew; where it is complete, report this line as a fault of Morula.";

    // 64 numbers of 16 bits, 0 1 2 3 again and again, packed by c-blosc with lz4 and byte shuffle (numcodecs 0.11.0).
    private const string BloscChunk = "AgEhAYAAAACAAAAAMwAAABQAAAAbAAAA/wEAAAEAAgADAAAAAQACAAMAEABYUAACAAMA";
    private const int BloscNumbers = 64;
    private const int Side = 4;

    private static readonly string[] Endings = [".ome.tif", ".h5", ".ome.zarr", ".nii.gz"];

    public static IEnumerable<Check> All(ILinkSolver solver) =>
    [
        new Check("file formats", Again, Formats),
        new Check("pictures", Again, Pictures),
        new Check("link solver", Again, check => Solver(check, solver)),
    ];

    private static Finding Formats(Check check)
    {
        RequireBlosc();
        string folder = Directory.CreateTempSubdirectory("morula-doctor-").FullName;
        try
        {
            foreach (string ending in Endings) RequireRoundTrip(Path.Combine(folder, $"labels{ending}"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return check.Ok("TIFF, HDF5, OME-Zarr (zstd) and NIfTI (gzip) written and read; blosc read");
    }

    private static void RequireBlosc()
    {
        var room = new byte[BloscNumbers * sizeof(ushort)];
        int count = BloscDecoder.Unpack(Convert.FromBase64String(BloscChunk), room);
        for (int index = 0; index < BloscNumbers; index++)
        {
            if (count != room.Length || BitConverter.ToUInt16(room, index * sizeof(ushort)) != index % 4) throw new InvalidDataException("blosc unpacks wrong numbers.");
        }
    }

    private static void RequireRoundTrip(string path)
    {
        var labels = new LabelVolume(new Extent([3, 5, 7]), new Spacing([2, 1, 1]));
        for (int index = 0; index < labels.Voxels.Length; index++) labels.Voxels[index] = index % 11;
        VolumeFile.Write(path, labels);
        if (!VolumeFile.ReadLabels(path).Voxels.SequenceEqual(labels.Voxels)) throw new InvalidDataException($"{Path.GetFileName(path)}: what was written is not what is read.");
    }

    private static Finding Pictures(Check check)
    {
        byte[] figure = SliceFigure.Orthogonal(new Volume(new Extent([4, 4, 4]), new Spacing([1, 1, 1])), null, width: 200);
        return figure.AsSpan(1).StartsWith("PNG"u8) ? check.Ok($"a figure of {figure.Length} bytes drawn") : check.Failure("what is drawn is no PNG");
    }

    // Cells of one frame to as many of the next; links cost less than none, so all are linked, and the best of all orders is known.
    private static Finding Solver(Check check, ILinkSolver solver)
    {
        LinkCell[] cells = [.. Enumerable.Repeat(new LinkCell(Appearance: 1, Disappearance: 1, Dismissal: double.PositiveInfinity), 2 * Side)];
        LinkArc[] arcs = [.. Enumerable.Range(0, Side * Side).Select(index => new LinkArc(index / Side, Side + (index % Side), Cost(index / Side, index % Side)))];
        var problem = new LinkProblem(cells, arcs, []);
        double cost = solver.Solve(problem).CostIn(problem), best = Cheapest(0, []) + (2 * Side);
        return cost == best ? check.Ok($"{arcs.Length} links weighed, the best choice found") : check.Failure($"a choice of links costs {cost}, the best one {best}");
    }

    private static double Cost(int from, int to) => ((3 * from) + (5 * to) + (from * to)) % 7 - 10;

    private static double Cheapest(int from, int[] taken) => from == Side
        ? 0
        : Enumerable.Range(0, Side).Except(taken).Min(to => Cost(from, to) + Cheapest(from + 1, [.. taken, to]));
}
