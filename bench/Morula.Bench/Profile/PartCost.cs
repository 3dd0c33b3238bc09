namespace Morula.Bench.Profile;

/// <summary>What one part of a step takes.</summary>
/// <param name="Part">Name.</param>
/// <param name="Forward">Median seconds forward.</param>
/// <param name="Backward">Median seconds backward; 0 where there is nothing to do.</param>
/// <param name="Operations">Floating-point operations forward of convolutions and linear layers; 0 where there are none.</param>
internal sealed record PartCost(string Part, double Forward, double Backward, double Operations)
{
    /// <summary>Backward, gradients of weights and of inputs take as many operations each; the image needs none.</summary>
    public double BackwardOperations => Operations * (Part == ProfiledNetwork.StemPart ? 1 : 2);
}
