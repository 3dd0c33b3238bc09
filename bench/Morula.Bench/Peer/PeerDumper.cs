using System.Text.Json;
using Morula.Backbone;
using Morula.Matching;
using Morula.Model;
using Morula.Options;
using Morula.Proposals;
using Morula.Regions;
using static TorchSharp.torch;

namespace Morula.Bench.Peer;

/// <summary>Writes a network, its batch and what it makes of it.</summary>
internal sealed class PeerDumper(MaskRcnn model, StepScene scene, PeerSetting setting)
{
    private const string CheckpointName = "network.safetensors";
    private readonly FeaturePyramid pyramid = model.children().OfType<FeaturePyramid>().Single();
    private readonly ProposalNetwork proposals = model.children().OfType<ProposalNetwork>().Single();

    /// <summary>Writes everything, and gives the losses.</summary>
    public IReadOnlyDictionary<string, double> Write(double[] learningRates)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        string folder = setting.Folder;
        Directory.CreateDirectory(folder);
        Checkpoint.Save(Path.Combine(folder, CheckpointName), model, OptionsWriter.ToJson(scene.Options), new Dictionary<string, string>());
        using Batch batch = Batch.From(scene.Samples, CPU);
        IReadOnlyList<Tensor> levels = pyramid.call(batch.Images);
        AnchorPredictions predictions = proposals.Predict(levels);
        // The draws of ComputeLosses, from chance of the same seed in the same order.
        var random = new Random(setting.Seed);
        PeerAnchors[] anchors = [.. batch.Truth.Select(truth => DrawAnchors(predictions, truth, random))];
        float[][] boxes = [.. proposals.Select(predictions, batch.Extent).Select(found => found.Boxes)];
        DrawnRegions drawn = DrawnRegions.Draw(boxes, batch.Truth, model.Options.Rank, model.Options.Regions, random);
        var dump = new PeerDump(
            CheckpointName,
            ArrayFile.Write(folder, "images.raw", batch.Images),
            ArrayFile.Write(folder, "labels.raw", [.. batch.Truth.SelectMany(truth => truth.Volume.Voxels)], [batch.Truth.Count, .. setting.Extent.Select(size => (long)size)]),
            [.. batch.Truth.Select(truth => new PeerCells(truth.Boxes, truth.Labels, truth.Classes))],
            [.. levels.Select((level, index) => ArrayFile.Write(folder, $"level{index}.raw", level))],
            ArrayFile.Write(folder, "logits.raw", predictions.Logits),
            ArrayFile.Write(folder, "deltas.raw", predictions.Deltas),
            anchors,
            new PeerRegions(drawn.Boxes, drawn.Images, drawn.Truths, drawn.Classes),
            learningRates,
            setting.Threads,
            setting.Seed);
        File.WriteAllText(Path.Combine(folder, "dump.json"), JsonSerializer.Serialize(dump));
        return model.ComputeLosses(batch, new Random(setting.Seed)).Parts().ToDictionary(part => part.Name, part => (double)part.Loss.item<float>());
    }

    private PeerAnchors DrawAnchors(AnchorPredictions predictions, RegionTruth truth, Random random)
    {
        ProposalOptions options = model.Options.Proposals;
        int[] matches = new AnchorAssigner(options, model.Options.Rank).For(predictions)(truth.Boxes);
        var (positive, negative) = BalancedSampler.Sample(matches, options.SampleCount, options.PositiveShare, random);
        return new PeerAnchors(positive, negative, [.. positive.Select(anchor => matches[anchor])]);
    }
}
