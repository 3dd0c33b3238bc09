using System.Runtime.InteropServices;
using Morula.Volumes;

namespace Morula.Evaluation;

/// <summary>Which cells of a label volume touch, and over how many voxel faces.</summary>
public sealed class ContactGraph
{
    private const int RowsPerChunk = 512;

    private ContactGraph(IReadOnlyDictionary<(int First, int Second), long> faces) => Faces = faces;

    /// <summary>Shared voxel faces of each pair of labels that touch, the smaller label first.</summary>
    public IReadOnlyDictionary<(int First, int Second), long> Faces { get; }

    /// <summary>
    /// Finds the contacts. Cells first grow by <paramref name="gapVoxels"/> into the background around them, one face at a time and
    /// never through another cell; then two cells touch if a voxel of one shares a face with a voxel of the other. So a growth
    /// of 1 bridges gaps of up to 2 unlabelled voxels. At rank 4 cells touch within a frame, not across time.
    /// </summary>
    /// <param name="labels">Cells, rank 2, 3 or 4.</param>
    /// <param name="gapVoxels">Growth in voxels, at least 0.</param>
    /// <param name="leastFaces">Fewest shared faces of a contact, at least 1.</param>
    public static ContactGraph Find(LabelVolume labels, int gapVoxels = 1, int leastFaces = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(gapVoxels);
        ArgumentOutOfRangeException.ThrowIfLessThan(leastFaces, 1);
        var rows = new RowWalk(labels.Extent);
        int[] grown = LabelGrowth.Grow(labels, gapVoxels);
        var parts = new Dictionary<(int, int), long>[(rows.Count + RowsPerChunk - 1) / RowsPerChunk];
        Parallel.For(0, parts.Length, part =>
        {
            parts[part] = [];
            for (int row = part * RowsPerChunk; row < Math.Min(rows.Count, (part + 1) * RowsPerChunk); row++)
                CountRow(rows, row, grown, parts[part]);
        });
        var faces = parts.SelectMany(part => part)
            .GroupBy(part => part.Key, part => part.Value)
            .Select(pair => (pair.Key, Faces: pair.Sum()))
            .Where(pair => pair.Faces >= leastFaces)
            .ToDictionary(pair => pair.Key, pair => pair.Faces);
        return new ContactGraph(faces);
    }

    private static void CountRow(RowWalk rows, int row, int[] voxels, Dictionary<(int, int), long> faces)
    {
        ReadOnlySpan<int> own = voxels.AsSpan(row * rows.Length, rows.Length);
        CountFaces(own[..^1], own[1..], faces);
        foreach (int neighbour in rows.Neighbours(row, backwards: false))
            CountFaces(own, voxels.AsSpan(neighbour, rows.Length), faces);
    }

    private static void CountFaces(ReadOnlySpan<int> first, ReadOnlySpan<int> second, Dictionary<(int, int), long> faces)
    {
        for (int index = 0; index < first.Length; index++)
        {
            int one = first[index];
            int other = second[index];
            if (one == other || one == 0 || other == 0) continue;
            CollectionsMarshal.GetValueRefOrAddDefault(faces, one < other ? (one, other) : (other, one), out _)++;
        }
    }
}
