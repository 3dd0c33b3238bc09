using Morula.Formats;
using Morula.Inference;
using Morula.Measuring;
using Morula.Model;
using Morula.Volumes;

namespace Morula.Streaming;

/// <summary>Third stage: the settled cells are painted into a block and its surroundings, fitted to the membranes there, and the core is kept.</summary>
/// <param name="source">The image.</param>
/// <param name="plan">Blocks.</param>
/// <param name="parts">Files.</param>
/// <param name="options">Painting and fitting.</param>
internal sealed class PaintStage(VolumeSource source, StreamPlan plan, StreamParts parts, InferenceOptions options)
{
    /// <summary>Whether a block is done.</summary>
    public bool IsDone(int block) => File.Exists(parts.Census(block));

    /// <summary>Paints a block.</summary>
    public void Run(int block, ImageScan scan)
    {
        Block region = plan.Blocks[block].Whole.ClipTo(plan.Image);
        var (cells, numbers) = Near(region);
        if (cells.Count == 0)
        {
            var nothing = new LabelVolume(region.Extent, plan.Spacing);
            Write(block, region, nothing, nothing);
            return;
        }

        PaintedCells painted = Painter.Paint(cells, plan.Working, plan.Image, region, plan.Spacing, options.PaintingAt(plan.Spacing));
        HostGarbage.Collect();
        LabelVolume touching = painted.Labels;
        if (options.Refinement.Enabled) touching = Refinement.Apply(painted, source.ReadImage(region), options.Refinement, (scan.Least, scan.Most));
        HostGarbage.Collect();
        LabelVolume labels = options.Refinement.Enabled ? CellGap.Cut(touching, options.Refinement.GapMicrometres) : touching;
        int[] labelOf = [0, .. painted.Places.Select(place => numbers[place] + 1)];
        FrameLabels.Replace(touching.Voxels, touching.Voxels, label => labelOf[label]);
        if (labels != touching) FrameLabels.Replace(labels.Voxels, labels.Voxels, label => labelOf[label]);
        Write(block, region, labels, touching);
    }

    private void Write(int block, Block region, LabelVolume labels, LabelVolume touching)
    {
        int[] corner = region.Lower.ToArray();
        Block core = plan.Blocks[block].Core.Shift([.. corner.Select(bound => -bound)]);
        var census = new CellCensus(region.Rank);
        census.Count(labels, touching, core, corner);
        VolumeFile.Write(parts.Labels(block), labels.Crop(core));
        CensusFile.Write(parts.Census(block), census);
    }

    // The settled cells that reach into a region, and their numbers.
    private (Detections Cells, List<int> Numbers) Near(Block region)
    {
        int[] starts = SettleStage.Starts(parts);
        Block seen = plan.OnWorkingGrid(region).Grow([.. plan.Halo.Select(size => 1 + (size / 4))]);
        Block around = seen.Grow(plan.Halo);
        var (chosen, numbers) = (new List<Detections>(), new List<int>());
        for (int home = 0; home < plan.Blocks.Count; home++)
        {
            if (starts[home + 1] == starts[home] || plan.OnWorkingGrid(plan.Blocks[home].Core).Intersect(around).IsEmpty) continue;
            Detections all = DetectionFile.Read(parts.Home(home));
            int[] near = [.. Enumerable.Range(0, all.Count).Where(index => Boxed.Meets(all.Box(index), seen))];
            chosen.Add(DetectionSelection.Take(all, near));
            numbers.AddRange(near.Select(index => starts[home] + index));
        }

        return (DetectionSelection.Concatenate(chosen, chosen.Count > 0 ? chosen[0].MaskExtent : Extent.Cube(plan.Image.Rank, 1)), numbers);
    }
}
