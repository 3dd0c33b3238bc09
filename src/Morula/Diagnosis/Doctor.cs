using Morula.Tracking;

namespace Morula.Diagnosis;

/// <summary>Looks whether this machine can do what Morula asks of it: every native library is loaded and used once.</summary>
/// <param name="folder">Folder to be written into; a file is written and deleted.</param>
/// <param name="solver">The solver behind links.</param>
/// <param name="loadTensors">Loads the tensor library, or says why not; null: <see cref="Tensors.TorchLibrary.EnsureLoaded"/>.</param>
public sealed class Doctor(string folder, ILinkSolver solver, Action? loadTensors = null)
{
    /// <summary>Looks at one thing after the other.</summary>
    /// <param name="cancellation">Stops between them.</param>
    /// <returns>A finding each, when it is there.</returns>
    public IEnumerable<Finding> Examine(CancellationToken cancellation = default)
    {
        foreach (Check check in Checks())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return check.Do();
        }
    }

    private IEnumerable<Check> Checks() =>
    [
        .. MachineChecks.All(),
        .. TensorChecks.All(loadTensors ?? Tensors.TorchLibrary.EnsureLoaded),
        .. LibraryChecks.All(solver),
        NetworkCheck.Create(),
        DiskCheck.Of("current folder", folder),
        DiskCheck.Of("temporary folder", Path.GetTempPath()),
        BrowserCheck.Create(),
    ];
}
