namespace Morula.Options;

/// <summary>Every full key path of an options record, such as Train.Steps.</summary>
internal static class KeyPaths
{
    public static IEnumerable<string> Of(Type record) => Of(record, string.Empty);

    private static IEnumerable<string> Of(Type record, string prefix)
    {
        foreach (OptionKey key in OptionKey.In(record))
        {
            yield return prefix + key.Name;
            if (key.Type.Kind != OptionKind.Section) continue;
            foreach (string inner in Of(key.Type.Type, $"{prefix}{key.Name}.")) yield return inner;
        }
    }
}
