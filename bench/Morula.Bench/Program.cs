using System.CommandLine;
using Morula.Bench;
using Morula.Bench.Cost;
using Morula.Bench.Fuzz;
using Morula.Bench.Large;
using Morula.Bench.Memory;
using Morula.Bench.Operators;
using Morula.Bench.Peer;
using Morula.Bench.Plan;
using Morula.Bench.Profile;
using Morula.Bench.Viewer;

// The rest of the line belongs to BenchmarkDotNet.
if (args is [OperatorsVerb.Name, .. var rest]) return OperatorsVerb.Run(rest);
var root = new RootCommand("Measures what networks cost, beside a peer and part by part, whether training leaks and parsers bear damaged files, and how fast the operators are.")
{
    CostVerb.Create(),
    CostVerb.CreateOne(),
    FuzzVerb.Create(),
    FuzzVerb.CreateOne(),
    MemoryVerb.Create(),
    PeerVerb.Create(),
    PeerVerb.CreateOne(),
    PlanVerb.Create(),
    PlanVerb.CreateOne(),
    ProfileVerb.Create(),
    ClassicalVerb.Create(),
    LargeVerb.CreateFrame(),
    LargeVerb.CreateSeams(),
    ViewerPictureVerb.Create(),
    ViewerVerb.Create(),
    OperatorsVerb.Describe(),
};
return root.Parse(args).Invoke();
