using System.CommandLine;
using Morula.Bench.Cost;
using Morula.Bench.Memory;
using Morula.Bench.Operators;
using Morula.Bench.Plan;

// The rest of the line belongs to BenchmarkDotNet.
if (args is [OperatorsVerb.Name, .. var rest]) return OperatorsVerb.Run(rest);
var root = new RootCommand("Measures what networks cost, whether training leaks, and how fast the operators are.")
{
    CostVerb.Create(),
    CostVerb.CreateOne(),
    MemoryVerb.Create(),
    PlanVerb.Create(),
    PlanVerb.CreateOne(),
    OperatorsVerb.Describe(),
};
return root.Parse(args).Invoke();
