namespace Morula.Bench.Peer;

/// <summary>Both sides under one set of conditions.</summary>
/// <param name="Setting">Conditions.</param>
/// <param name="OurMalloc">Settings of malloc on our side; empty: none.</param>
/// <param name="TheirMalloc">The same on the script's.</param>
/// <param name="Kernels">OPENBLAS_CORETYPE of the script: the faster choice; empty: none.</param>
/// <param name="Ours">Our figures.</param>
/// <param name="Theirs">The script's.</param>
internal sealed record PeerRow(PeerSetting Setting, string OurMalloc, string TheirMalloc, string Kernels, PeerResult Ours, ScriptResult Theirs);
