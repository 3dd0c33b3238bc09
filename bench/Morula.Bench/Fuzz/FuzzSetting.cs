namespace Morula.Bench.Fuzz;

/// <summary>What a child is to read.</summary>
/// <param name="Parser">Name of the target.</param>
/// <param name="First">Number of the first input.</param>
/// <param name="Inputs">Number behind the last input.</param>
/// <param name="Seconds">Time after which it stops.</param>
/// <param name="Seed">Seed of all inputs.</param>
/// <param name="Folder">Where inputs, the number of the present one and findings are kept.</param>
internal sealed record FuzzSetting(string Parser, long First, long Inputs, double Seconds, int Seed, string Folder);
