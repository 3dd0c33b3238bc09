namespace Morula.Sharing;

/// <summary>A sum over processes that is under way.</summary>
public interface IPendingSum
{
    /// <summary>Returns when the sums are there.</summary>
    void Wait();
}
