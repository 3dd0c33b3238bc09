namespace Morula.Bench.Peer;

/// <summary>The cells of an image: M x 2D numbers, M labels, M classes.</summary>
internal sealed record PeerCells(float[] Boxes, int[] Labels, int[] Classes);
