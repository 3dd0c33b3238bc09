namespace Morula.Bench.Peer;

/// <summary>A network, a batch and what the network makes of it, for another program to do the same; written as dump.json.</summary>
/// <param name="Checkpoint">Weights and options.</param>
/// <param name="Images">[N, 1, *S].</param>
/// <param name="Labels">[N, *S].</param>
/// <param name="Cells">Truth of every image.</param>
/// <param name="Levels">The pyramid, finest first.</param>
/// <param name="Logits">Of all anchors, [N, A, 2].</param>
/// <param name="Deltas">Of all anchors, [N, A, 2D].</param>
/// <param name="Anchors">Those drawn for the loss, of every image.</param>
/// <param name="Regions">Those drawn for the loss.</param>
/// <param name="LearningRates">Of the step to warm up and the measured ones.</param>
/// <param name="Threads">Processor threads.</param>
/// <param name="Seed">Of chance.</param>
internal sealed record PeerDump(
    string Checkpoint,
    ArrayFile Images,
    ArrayFile Labels,
    IReadOnlyList<PeerCells> Cells,
    IReadOnlyList<ArrayFile> Levels,
    ArrayFile Logits,
    ArrayFile Deltas,
    IReadOnlyList<PeerAnchors> Anchors,
    PeerRegions Regions,
    IReadOnlyList<double> LearningRates,
    int Threads,
    int Seed);
