namespace Morula.Bench.Large;

/// <summary>A cell of a region seen in one piece.</summary>
/// <param name="Middle">Middle of its box in voxels of the frame, slowest axis first.</param>
/// <param name="Voxels">Its size.</param>
/// <param name="Score">Its score.</param>
/// <param name="Overlap">IoU of the cell found block by block that is most like it; 0 for none.</param>
internal sealed record SeamCell(int[] Middle, long Voxels, float Score, double Overlap);
