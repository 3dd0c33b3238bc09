using Morula.Synthesis;
using Xunit;

namespace Morula.Tests.Synthesis;

public sealed class ToySceneTests
{
    [Fact]
    public void Stats()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var counts = new List<double>(); var sides = new List<double>(); var classes = new int[4]; double fg = 0, n = 0;
        var contrast = new List<double>[4]; for (int q = 0; q < 4; q++) contrast[q] = [];
        for (int i = 0; i < 120; i++)
        {
            var scene = ToyScene.Create(new ToyOptions(), new Random(1000 + i));
            counts.Add(scene.Objects.Count);
            var sum = new double[scene.Objects.Count + 1]; var sq = new double[sum.Length]; var c = new long[sum.Length];
            for (int v = 0; v < scene.Labels.Voxels.Length; v++) { int l = scene.Labels.Voxels[v]; double x = scene.Image.Voxels[v]; sum[l] += x; sq[l] += x * x; c[l]++; }
            double mean = sum[0] / c[0], sd = Math.Sqrt((sq[0] / c[0]) - (mean * mean));
            fg += 1 - ((double)c[0] / scene.Labels.Voxels.Length); n++;
            foreach (var o in scene.Objects)
            {
                classes[(int)o.Shape]++;
                for (int a = 0; a < 3; a++) sides.Add(o.Box.Extent[a]);
                contrast[Math.Min(3, (int)((o.Intensity - .02) / .02))].Add(((sum[o.Label] / c[o.Label]) - mean) / sd);
            }
        }
        counts.Sort(); sides.Sort(); double P(List<double> l, double p) => l[(int)(p * (l.Count - 1))];
        Assert.Fail($"time {watch.Elapsed.TotalSeconds} count mean {counts.Average()} {P(counts, .05)}/{P(counts, .5)}/{P(counts, .95)} classes {string.Join(' ', classes.Select(k => k / (double)classes.Sum()))} sides {P(sides, .05)}/{P(sides, .5)}/{P(sides, .95)} fg {fg / n} contrast {string.Join(' ', contrast.Select(k => k.Average()))}");
    }
}
