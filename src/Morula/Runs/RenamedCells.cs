using System.Globalization;
using System.Text;
using Morula.Formats;

namespace Morula.Runs;

/// <summary>A table of cells under other names.</summary>
internal static class RenamedCells
{
    /// <summary>Copies a table of cells; rows whose label has the new name 0 are left out, and so are they as neighbours.</summary>
    /// <param name="from">Table with the columns id, neighbours and a contact measure behind it.</param>
    /// <param name="to">Target file.</param>
    /// <param name="names">New name of each label.</param>
    public static void Write(string from, string to, IReadOnlyDictionary<int, int> names)
    {
        CommaTable table = CommaTable.Read(from);
        var (id, neighbours) = (table.Column("id"), table.Column("neighbours"));
        int contacts = neighbours + 1;
        var rows = table.Lines
            .Select(line => (Id: Name(line.Values[id]), line.Values))
            .Where(row => row.Id > 0).OrderBy(row => row.Id);
        var text = new StringBuilder().AppendJoin(',', table.Columns).Append('\n');
        foreach (var (name, values) in rows)
        {
            (int Name, string Area)[] kept = [.. List(values[neighbours]).Zip(List(values[contacts]), (label, area) => (Name(label), area)).Where(one => one.Item1 > 0).OrderBy(one => one.Item1)];
            values[id] = name.ToString(CultureInfo.InvariantCulture);
            values[neighbours] = string.Join(';', kept.Select(one => one.Name));
            values[contacts] = string.Join(';', kept.Select(one => one.Area));
            text.AppendJoin(',', values).Append('\n');
        }

        AtomicFile.WriteText(to, text.ToString());

        int Name(string label) => names.GetValueOrDefault(int.Parse(label, CultureInfo.InvariantCulture));
    }

    private static string[] List(string joined) => joined.Split(';', StringSplitOptions.RemoveEmptyEntries);
}
