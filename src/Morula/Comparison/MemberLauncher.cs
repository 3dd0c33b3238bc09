namespace Morula.Comparison;

/// <summary>Does what a request says, in another process or in this one, and returns when it is done.</summary>
/// <param name="requestPath">File of a <see cref="MemberRequest"/>.</param>
/// <param name="threads">Processor threads; 0: all.</param>
/// <param name="progress">Told how far it is.</param>
/// <param name="cancellation">Asks to stop; an <see cref="OperationCanceledException"/> then says that it did.</param>
public delegate void MemberLauncher(string requestPath, int threads, IProgress<MemberProgress> progress, CancellationToken cancellation);
