using System.Text.Json;

namespace Morula.Options;

/// <summary>Puts JSON values into copies of options records, and refuses whatever does not fit.</summary>
/// <param name="source">File or command line, named in every message.</param>
/// <param name="root">Type of the outermost record, searched for the key that was meant.</param>
internal sealed class OptionsBinder(string source, Type root)
{
    private const int ShownLength = 60;

    /// <summary>A copy of a record in which the keys present in <paramref name="element"/> are replaced.</summary>
    public object Section(object baseline, JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Misfit(path, element, OptionType.OfSection(baseline.GetType()).Describe());
        object copy = OptionKey.Copy(baseline);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            OptionKey key = OptionKey.In(baseline.GetType()).FirstOrDefault(key => key.Name == member.Name)
                ?? throw Unknown(name, baseline.GetType(), path);
            if (!seen.Add(member.Name)) throw new OptionsException(source, $"{OneLine(name)} stands twice; keep one of the two.");
            object? value = Value(key.Type, key.Range, member.Value, key.Get(baseline), name);
            Set(copy, key, value, name);
        }

        return copy;
    }

    private object? Value(OptionType type, RangeAttribute? range, JsonElement element, object? baseline, string path)
    {
        if (element.ValueKind == JsonValueKind.Null && type.AllowsNull) return null;
        return type.Kind switch
        {
            OptionKind.Flag when element.ValueKind is JsonValueKind.True or JsonValueKind.False => element.GetBoolean(),
            OptionKind.Whole or OptionKind.Number when element.ValueKind == JsonValueKind.Number => Number(type, range, element, path),
            OptionKind.Text when element.ValueKind == JsonValueKind.String => element.GetString(),
            OptionKind.Choice when element.ValueKind == JsonValueKind.String && Enum.IsDefined(type.Type, element.GetString()!) =>
                Enum.Parse(type.Type, element.GetString()!),
            OptionKind.List when element.ValueKind == JsonValueKind.Array => List(type, range, element, path),
            // One number stands for a list of one, but never inside another list.
            OptionKind.List when element.ValueKind == JsonValueKind.Number && !path.EndsWith(']') && (type.Item!.Kind is OptionKind.Whole or OptionKind.Number) => One(type, range, element, path),
            OptionKind.Section => Section(baseline ?? Activator.CreateInstance(type.Type)!, element, path),
            _ => throw Misfit(path, element, type.Describe()),
        };
    }

    private Array List(OptionType type, RangeAttribute? range, JsonElement element, string path)
    {
        var items = Array.CreateInstance(type.Item!.Type, element.GetArrayLength());
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            items.SetValue(Value(type.Item, range, item, null, $"{path}[{index}]"), index);
            index++;
        }

        return items;
    }

    private Array One(OptionType type, RangeAttribute? range, JsonElement element, string path)
    {
        var items = Array.CreateInstance(type.Item!.Type, 1);
        items.SetValue(Number(type.Item, range, element, path), 0);
        return items;
    }

    private object Number(OptionType type, RangeAttribute? range, JsonElement element, string path)
    {
        object? value = null;
        if (type.Type == typeof(int) && element.TryGetInt32(out int whole)) value = whole;
        if (type.Type == typeof(long) && element.TryGetInt64(out long large)) value = large;
        if (type.Type == typeof(double) && element.TryGetDouble(out double real) && double.IsFinite(real)) value = real;
        if (type.Type == typeof(float) && element.TryGetSingle(out float single) && float.IsFinite(single)) value = single;
        if (value is null) throw Misfit(path, element, $"{type.Describe()} that fits {type.Type.Name}");
        double place = Convert.ToDouble(value);
        if (range is not null && (place < range.Least || place > range.Most)) throw Misfit(path, element, RangeWords.Of(range));
        return value;
    }

    private void Set(object record, OptionKey key, object? value, string path)
    {
        try
        {
            key.Set(record, value);
        }
        catch (ArgumentException refusal)
        {
            throw new OptionsException(source, $"{OneLine(path)}: {OneLine(refusal.Message)}", refusal);
        }
    }

    private OptionsException Misfit(string path, JsonElement found, string expected) =>
        new(source, $"{(path.Length == 0 ? "the whole" : OneLine(path))} is {Shown(found)} but must be {expected}.");

    private OptionsException Unknown(string name, Type section, string path)
    {
        string leaf = name[(path.Length == 0 ? 0 : path.Length + 1)..];
        string? nearest = OptionKey.In(section).Select(key => key.Name).Where(key => key.Equals(leaf, StringComparison.OrdinalIgnoreCase))
            .Concat(KeyPaths.Of(root).Where(full => full[(full.LastIndexOf('.') + 1)..].Equals(leaf, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault();
        nearest ??= NearestName.Of(leaf, OptionKey.In(section).Select(key => key.Name));
        bool isSibling = path.Length > 0 && OptionKey.In(section).Any(key => key.Name == nearest);
        return new OptionsException(source, $"{OneLine(name)} is not an option; the nearest is {(isSibling ? $"{path}.{nearest}" : nearest)}.");
    }

    private static string Shown(JsonElement element)
    {
        string text = OneLine(element.GetRawText());
        return text.Length <= ShownLength ? text : $"{text[..(ShownLength - 3)]}...";
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split([' ', '\t', '\r', '\n', '\u0085', '\u2028', '\u2029'], StringSplitOptions.RemoveEmptyEntries));
}
