using System.Globalization;
using System.Text;

namespace Morula.Formats;

/// <summary>One property of MorphoNet as text: a comment, the type, then a line per object; objects are <c>t,id,channel</c>.</summary>
/// <param name="title">What the comment says.</param>
/// <param name="type">time, space, dict, float or string.</param>
internal sealed class PropertyText(string title, string type)
{
    private readonly StringBuilder text = new($"# {title}\ntype:{type}\n");

    /// <summary>The name of an object.</summary>
    public static string ObjectOf(TrackedCell cell) => string.Create(CultureInfo.InvariantCulture, $"{cell.Frame},{cell.Id},0");

    /// <summary>A line of an object and what belongs to it.</summary>
    public void Add(TrackedCell cell, string value) => text.Append(ObjectOf(cell)).Append(':').Append(value).Append('\n');

    /// <summary>A line of an object and a number.</summary>
    public void Add(TrackedCell cell, double value) => Add(cell, value.ToString("0.0###", CultureInfo.InvariantCulture));

    /// <summary>A line of two objects.</summary>
    public void Add(TrackedCell cell, TrackedCell other) => Add(cell, ObjectOf(other));

    /// <summary>A line of two objects and a number.</summary>
    public void Add(TrackedCell cell, TrackedCell other, double value) =>
        Add(cell, string.Create(CultureInfo.InvariantCulture, $"{ObjectOf(other)}:{value:0.0###}"));

    /// <summary>Writes the file.</summary>
    public void Write(string path) => AtomicFile.WriteText(path, text.ToString());
}
