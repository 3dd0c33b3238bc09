namespace Morula.Bench.Peer;

/// <summary>The anchors of an image that enter the loss, and the cell of each positive one.</summary>
internal sealed record PeerAnchors(int[] Positive, int[] Negative, int[] Truths);
