using Morula.Formats;
using Morula.Runs;

namespace Morula.Cli.Verbs;

/// <summary>The images of a prediction, as far as a network looks at them before it begins.</summary>
/// <param name="Paths">Image files; none where the arguments name a movie.</param>
/// <param name="IsMovie">Whether they are the frames of a movie, all seen at one scale.</param>
/// <param name="Frames">The images as frames.</param>
/// <param name="Known">What the run that this one goes on with judged of them.</param>
internal sealed record ShownImages(IReadOnlyList<string> Paths, bool IsMovie, Func<IReadOnlyList<ImageFrame>> Frames, CellSizes? Known);
