using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Morula.Tests;

/// <summary>Runs a theory at rank 2, 3 and 4; the rank is the first argument, further ones come from the attribute.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class RanksAttribute(params object[] further) : DataAttribute
{
    public object[] Further { get; } = further;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([.. new[] { 2, 3, 4 }.Select(rank => new TheoryDataRow([rank, .. Further]))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
