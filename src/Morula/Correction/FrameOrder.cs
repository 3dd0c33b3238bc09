namespace Morula.Correction;

/// <summary>The names of all frames in their order, with their numbers.</summary>
/// <param name="frames">Number and name of each frame, ascending; names differ.</param>
internal sealed class FrameOrder(IEnumerable<(int Number, string Name)> frames)
{
    private readonly Dictionary<string, int> numbers = frames.ToDictionary(frame => frame.Name, frame => frame.Number, StringComparer.Ordinal);

    /// <summary>The number of a frame.</summary>
    /// <exception cref="EditException">There is no such frame.</exception>
    public int NumberOf(string name) =>
        numbers.TryGetValue(name, out int number) ? number : throw new EditException($"there is no frame '{name}'.");

    /// <summary>Whether a frame lies between two others, both included.</summary>
    public bool IsBetween(string first, string? last, string frame)
    {
        int number = NumberOf(frame);
        return NumberOf(first) <= number && number <= NumberOf(last ?? first);
    }

    /// <summary>The numbers of the frames from first to last, both included.</summary>
    public IEnumerable<int> Between(string first, string? last)
    {
        var (from, to) = (NumberOf(first), NumberOf(last ?? first));
        if (to < from) throw new EditException($"the frame '{last}' comes before '{first}'.");
        return numbers.Values.Where(number => from <= number && number <= to).Order();
    }
}
