namespace Morula.Bench.Peer;

/// <summary>One comparison.</summary>
/// <param name="Options">Preset or file of options.</param>
/// <param name="Overrides">Section.Key=value, over the options.</param>
/// <param name="Extent">Sizes of the training images.</param>
/// <param name="Batch">Images a step.</param>
/// <param name="Steps">Measured steps, behind one to warm up.</param>
/// <param name="Threads">Processor threads.</param>
/// <param name="Seed">Of scenes and network.</param>
/// <param name="Folder">Where the network and its sample are dumped.</param>
internal sealed record PeerSetting(string Options, string[] Overrides, int[] Extent, int Batch, int Steps, int Threads, int Seed, string Folder);
