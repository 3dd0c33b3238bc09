using System.Collections;
using System.Text;

namespace Morula.Evaluation;

/// <summary>Scores in their fixed order, for a terminal.</summary>
public sealed class ScoreTable : IReadOnlyList<ScoreRow>
{
    private readonly IReadOnlyList<ScoreRow> rows;

    internal ScoreTable(IReadOnlyList<ScoreRow> rows) => this.rows = rows;

    /// <inheritdoc/>
    public int Count => rows.Count;

    /// <inheritdoc/>
    public ScoreRow this[int index] => rows[index];

    /// <summary>The value of one score; null where it is undefined.</summary>
    /// <exception cref="ArgumentException">No score has this name.</exception>
    public double? this[string name]
    {
        get
        {
            foreach (ScoreRow row in rows)
            {
                if (row.Name == name) return row.Value;
            }

            throw new ArgumentException($"There is no score '{name}'.", nameof(name));
        }
    }

    /// <inheritdoc/>
    public IEnumerator<ScoreRow> GetEnumerator() => rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>One line per score: the name, spaces, the value.</summary>
    public override string ToString()
    {
        int width = rows.Max(row => row.Name.Length);
        int digits = rows.Max(row => row.Text.Length);
        var text = new StringBuilder();
        foreach (ScoreRow row in rows) text.Append(row.Name.PadRight(width + 2)).Append(row.Text.PadLeft(digits)).Append('\n');
        return text.ToString();
    }
}
