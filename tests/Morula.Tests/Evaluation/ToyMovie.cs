using Morula.Evaluation;
using Morula.Formats;
using Morula.Lineages;
using Morula.Volumes;

namespace Morula.Tests.Evaluation;

/// <summary>A tracked movie drawn by hand: a row of characters per frame, each a voxel; '.' is background, digits are labels.</summary>
/// <param name="Frames">Number and voxels of each frame.</param>
/// <param name="Extent">Size of a frame.</param>
/// <param name="Lineage">Its tracks.</param>
internal sealed record ToyMovie(IReadOnlyList<(int Number, int[] Voxels)> Frames, Extent Extent, Lineage Lineage)
{
    /// <summary>Draws a movie of one row, frames from 0.</summary>
    /// <param name="rows">Voxels of each frame.</param>
    /// <param name="mothers">Daughter and mother.</param>
    public static ToyMovie Draw(string[] rows, params (int Daughter, int Mother)[] mothers)
    {
        (int, int[])[] frames = [.. rows.Select((row, number) => (number, row.Select(voxel => voxel == '.' ? 0 : voxel - '0').ToArray()))];
        return new ToyMovie(frames, new Extent(1, 1, rows[0].Length), LineageOf(frames, mothers));
    }

    public ToyMovie Renamed(Func<int, int> name) => new(
        [.. Frames.Select(frame => (frame.Number, Array.ConvertAll(frame.Voxels, voxel => voxel == 0 ? 0 : name(voxel))))],
        Extent,
        new Lineage(Lineage.Tracks.Select(track => track with { Id = name(track.Id), ParentId = track.ParentId == 0 ? 0 : name(track.ParentId) })));

    public LabelVolume Volume(int index) => new(Extent, Spacing.Unit(Extent.Rank), Frames[index].Voxels);

    public TrackingScores Against(ToyMovie truth, TrackingEvaluationOptions? options = null) => TrackingEvaluator.Compare(
        [.. Frames.Select((frame, index) => new FramePair(frame.Number, EvaluationPair.OfVolumes($"{frame.Number}", truth.Volume(index), Volume(index))))],
        truth.Lineage,
        Lineage,
        options ?? new());

    /// <summary>Writes labels/ and tracks.csv; voxels may be cut finer along the last axis.</summary>
    public string WriteTo(string folder, int finer = 1)
    {
        Directory.CreateDirectory(Path.Combine(folder, "labels"));
        var extent = new Extent([.. Extent.Sizes[..^1], Extent[Extent.Rank - 1] * finer]);
        var spacing = new Spacing(2, 2, 2.0 / finer);
        var lines = new List<string> { "t,label,parent_label" };
        foreach (var (number, voxels) in Frames)
        {
            var labels = new LabelVolume(extent, spacing, [.. voxels.SelectMany(voxel => Enumerable.Repeat(voxel, finer))]);
            VolumeFile.Write(Path.Combine(folder, "labels", $"t{number:000}.tif"), labels);
            lines.AddRange(voxels.Where(voxel => voxel != 0).Distinct().Select(label => $"{number},{label},{Lineage[label].ParentId}"));
        }

        File.WriteAllLines(Path.Combine(folder, "tracks.csv"), lines);
        return folder;
    }

    private static Lineage LineageOf((int Number, int[] Voxels)[] frames, (int Daughter, int Mother)[] mothers)
    {
        var motherOf = mothers.ToDictionary(pair => pair.Daughter, pair => pair.Mother);
        return Lineage.OfCells(frames.SelectMany(frame => frame.Voxels.Where(voxel => voxel != 0).Distinct().Select(id => (frame.Number, id, motherOf.GetValueOrDefault(id)))));
    }
}
