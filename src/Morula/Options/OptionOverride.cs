using System.Text.Json;
using System.Text.Json.Nodes;

namespace Morula.Options;

/// <summary>One "Section.Key=value" from the command line, turned into the JSON a file would have said.</summary>
internal static class OptionOverride
{
    /// <summary>Name of the source in messages.</summary>
    public const string Source = "--set";

    /// <summary>The override as a JSON object with one key at every depth. Throws OptionsException where it is no key and value.</summary>
    public static string ToJson(string text, Type record)
    {
        int equals = text.IndexOf('=');
        if (equals <= 0) throw new OptionsException(Source, $"\"{text.ReplaceLineEndings(" ")}\" is not of the form Section.Key=value.");
        string[] path = text[..equals].Trim().Split('.');
        JsonNode? value = Node(text[(equals + 1)..].Trim(), TypeAt(record, path), true);
        for (int depth = path.Length - 1; depth >= 0; depth--) value = new JsonObject { [path[depth]] = value };
        return value!.ToJsonString();
    }

    private static OptionType? TypeAt(Type record, string[] path)
    {
        OptionType? type = OptionType.OfSection(record);
        foreach (string name in path)
        {
            type = type is { Kind: OptionKind.Section }
                ? OptionKey.In(type.Type).FirstOrDefault(key => key.Name == name)?.Type
                : null;
        }

        return type;
    }

    // Only the outermost list may do without brackets, so that [1,2] is never taken for [[1],[2]].
    private static JsonNode? Node(string text, OptionType? type, bool outermost)
    {
        if (type is { Kind: OptionKind.List } && (outermost || IsBracketed(text)) && !(type.AllowsNull && text == "null"))
        {
            string inside = IsBracketed(text) ? text[1..^1] : text;
            return new JsonArray([.. Items(inside).Select(item => Node(item, type.Item, false))]);
        }

        bool isText = type is { Kind: OptionKind.Text or OptionKind.Choice };
        if (isText && !text.StartsWith('"') && !(type!.AllowsNull && text == "null")) return JsonValue.Create(text);
        if (type is { Kind: OptionKind.Flag } && bool.TryParse(text, out bool flag)) return JsonValue.Create(flag);
        try
        {
            return JsonNode.Parse(text, null, OptionsFile.Lenient);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    // Whether the first bracket is closed by the last character: true for [[1],[2]], false for [1],[2].
    private static bool IsBracketed(string text) =>
        text.StartsWith('[') && text.EndsWith(']') && Depths(text).SkipLast(1).All(depth => depth > 0);

    private static IEnumerable<string> Items(string text)
    {
        if (text.Trim().Length == 0) yield break;
        int start = 0;
        int index = 0;
        foreach (int depth in Depths(text))
        {
            if (depth == 0 && text[index] == ',')
            {
                yield return text[start..index].Trim();
                start = index + 1;
            }

            index++;
        }

        yield return text[start..].Trim();
    }

    // Number of brackets open after each character, those within double quotes aside; a quoted comma lies one deeper.
    private static IEnumerable<int> Depths(string text)
    {
        int depth = 0;
        bool quoted = false;
        for (int index = 0; index < text.Length; index++)
        {
            if (text[index] == '"' && (index == 0 || text[index - 1] != '\\')) quoted = !quoted;
            if (!quoted && text[index] is ('[' or '{')) depth++;
            if (!quoted && text[index] is (']' or '}')) depth--;
            yield return quoted ? depth + 1 : depth;
        }
    }
}
