namespace Morula.Bench.Peer;

/// <summary>The regions that enter the loss: R x 2D numbers; image, cell (or -1) and class of each.</summary>
internal sealed record PeerRegions(float[] Boxes, int[] Images, int[] Truths, long[] Classes);
