using CsCheck;
using Morula.Volumes;

namespace Morula.Tests.Evaluation;

/// <summary>Small random label volumes, rank 2 to 4: cells are boxes painted over each other, the prediction is a disturbed truth.</summary>
internal static class LabelScenes
{
    private static readonly int[] Names = [1, 2, 3, 7, 40, 65536, int.MaxValue, -1, -12];

    /// <summary>A truth, a prediction on the same grid, and scores with ties.</summary>
    public static readonly Gen<(LabelVolume Truth, LabelVolume Prediction, Dictionary<int, double> Scores)> Pairs =
        Gen.Select(Gen.Int[2, 4], Gen.Int[0, int.MaxValue]).Select((rank, seed) => Make(rank, new Random(seed)));

    public static LabelVolume Of(int[] sizes, params int[] voxels) => new(new Extent(sizes), Spacing.Unit(sizes.Length), voxels);

    private static (LabelVolume, LabelVolume, Dictionary<int, double>) Make(int rank, Random random)
    {
        int[] sizes = [.. Enumerable.Range(0, rank).Select(_ => random.Next(1, rank == 2 ? 9 : rank == 3 ? 6 : 4))];
        var extent = new Extent(sizes);
        LabelVolume truth = Boxes(extent, random.Next(0, 7), random);
        LabelVolume prediction = random.Next(4) == 0 ? Boxes(extent, random.Next(0, 7), random) : Disturbed(truth, random);
        return (truth, prediction, Names.ToDictionary(name => name, _ => random.Next(1, 4) / 4.0));
    }

    private static LabelVolume Boxes(Extent extent, int count, Random random)
    {
        var voxels = new int[extent.Count];
        for (int cell = 0; cell < count; cell++)
        {
            int[] lower = [.. extent.Sizes.ToArray().Select(size => random.Next(size))];
            int[] upper = [.. lower.Select((from, axis) => random.Next(from + 1, extent[axis] + 1))];
            int label = Names[random.Next(Names.Length)];
            for (int index = 0; index < voxels.Length; index++)
            {
                int[] place = Slow.Place(extent, index);
                if (place.Select((at, axis) => at >= lower[axis] && at < upper[axis]).All(inside => inside)) voxels[index] = label;
            }
        }

        return new LabelVolume(extent, Spacing.Unit(extent.Rank), voxels);
    }

    private static LabelVolume Disturbed(LabelVolume truth, Random random)
    {
        int[] renamed = [.. Names.Select(name => random.Next(5) == 0 ? Names[random.Next(Names.Length)] : name)];
        double noise = random.NextDouble() * 0.4;
        int[] voxels = [.. truth.Voxels.Select(label =>
            random.NextDouble() < noise ? random.Next(3) == 0 ? 0 : truth.Voxels[random.Next(truth.Voxels.Length)]
            : label == 0 ? 0 : renamed[Array.IndexOf(Names, label)])];
        return new LabelVolume(truth.Extent, truth.Spacing, voxels);
    }
}
