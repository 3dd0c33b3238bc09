namespace Morula.Bench.Operators;

/// <summary>A benchmark that knows the least work of what it measures.</summary>
internal interface ILimited
{
    /// <summary>The least work of a method, for the parameters that are set.</summary>
    LeastWork LeastWork(string method);
}
