namespace Morula.Options;

/// <summary>Says which options a record has.</summary>
public static class OptionsDescription
{
    /// <summary>One row per option, sections unfolded, in the order in which they are declared.</summary>
    public static IReadOnlyList<OptionRow> Of<T>()
        where T : class, new() => Of(new T());

    /// <summary>As <see cref="Of{T}()"/>, with the values of a record such as a preset in the place of the defaults.</summary>
    public static IReadOnlyList<OptionRow> Of<T>(T record)
        where T : class => [.. Rows(record, string.Empty)];

    private static IEnumerable<OptionRow> Rows(object record, string prefix)
    {
        foreach (OptionKey key in OptionKey.In(record.GetType()))
        {
            object? value = key.Get(record);
            string name = prefix + key.Name;
            if (key.Type.Kind == OptionKind.Section && !key.Type.AllowsNull)
            {
                foreach (OptionRow row in Rows(value!, $"{name}.")) yield return row;
                continue;
            }

            yield return new OptionRow(name, Words(key.Type), OptionsWriter.Inline(value, key.Type), key.Range is null ? string.Empty : RangeWords.Of(key.Range));
            OptionType? section = key.Type.Kind == OptionKind.Section ? key.Type : key.Type.Item;
            if (section is not { Kind: OptionKind.Section }) continue;
            string inner = key.Type.Kind == OptionKind.List ? $"{name}[]." : $"{name}.";
            foreach (OptionRow row in Rows(Activator.CreateInstance(section.Type)!, inner)) yield return row;
        }
    }

    private static string Words(OptionType type) => type.AllowsNull ? $"{type.Describe()}, or null" : type.Describe();
}
