using Morula.Inference;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Inference;

public sealed class ComponentsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_largest_part_agrees_with_spreading_voxel_by_voxel(int rank)
    {
        int[] sizes = [9, 7, 8, 6];
        var extent = new Extent(sizes.AsSpan(0, rank));
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            int[] labels = [.. Enumerable.Range(0, (int)extent.Count).Select(_ => random.Next(4))];
            int[] expected = Largest(labels, extent);
            Components.KeepLargest(labels, extent);
            Assert.Equal(expected, labels);
        }
    }

    private static int[] Largest(int[] labels, Extent extent)
    {
        var seen = new bool[labels.Length];
        var parts = new List<List<int>>();
        for (int start = 0; start < labels.Length; start++)
        {
            if (seen[start] || labels[start] == 0) continue;
            var part = new List<int> { start };
            seen[start] = true;
            for (int next = 0; next < part.Count; next++)
            {
                foreach (int neighbour in Neighbourhood.Of(part[next], extent))
                {
                    if (seen[neighbour] || labels[neighbour] != labels[start]) continue;
                    seen[neighbour] = true;
                    part.Add(neighbour);
                }
            }

            parts.Add(part);
        }

        var result = new int[labels.Length];
        foreach (var ofLabel in parts.GroupBy(part => labels[part[0]]))
        {
            List<int> largest = ofLabel.OrderByDescending(part => part.Count).First();
            foreach (List<int> part in ofLabel)
            {
                foreach (int voxel in part) result[voxel] = part == largest ? ofLabel.Key : -ofLabel.Key;
            }
        }

        return result;
    }
}
