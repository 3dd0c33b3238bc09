using System.Reflection;

namespace Morula.Options;

/// <summary>The kind of one option, list item or section, read from its .NET type.</summary>
internal sealed record OptionType(OptionKind Kind, Type Type, bool AllowsNull, OptionType? Item)
{
    /// <summary>The type of a property. Throws ArgumentException where options cannot be of that type.</summary>
    public static OptionType Of(PropertyInfo property) => Of(new NullabilityInfoContext().Create(property), property.Name);

    /// <summary>The type of a whole options record.</summary>
    public static OptionType OfSection(Type type) => new(OptionKind.Section, type, false, null);

    /// <summary>The type in words, for messages and tables.</summary>
    public string Describe() => Kind switch
    {
        OptionKind.Flag => "true or false",
        OptionKind.Whole => "a whole number",
        OptionKind.Number => "a number",
        OptionKind.Text => "a text",
        OptionKind.Choice => $"one of {string.Join(", ", Enum.GetNames(Type))}",
        OptionKind.List when Item!.Kind == OptionKind.Choice => $"a list of any of {string.Join(", ", Enum.GetNames(Item.Type))}",
        OptionKind.List => $"a list of {Plural(Item!)}",
        _ => "a section { \"Key\": value }",
    };

    private static string Plural(OptionType item) => item.Kind switch
    {
        OptionKind.Flag => "true or false",
        OptionKind.Whole => "whole numbers",
        OptionKind.Number => "numbers",
        OptionKind.Text => "texts",
        OptionKind.List => $"lists of {Plural(item.Item!)}",
        _ => "sections",
    };

    private static OptionType Of(NullabilityInfo info, string name)
    {
        Type type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        bool allowsNull = type != info.Type || (!type.IsValueType && info.ReadState == NullabilityState.Nullable);
        if (Leaf(type) is { } kind) return new OptionType(kind, type, allowsNull, null);
        if (type.IsArray) return new OptionType(OptionKind.List, type, allowsNull, Of(info.ElementType!, name));
        if (IsListInterface(type)) return new OptionType(OptionKind.List, type, allowsNull, Of(info.GenericTypeArguments[0], name));
        if (type.IsClass && OptionKey.In(type).Count > 0) return new OptionType(OptionKind.Section, type, allowsNull, null);
        throw new ArgumentException($"{name}: an option cannot be of type {type}.");
    }

    private static OptionKind? Leaf(Type type)
    {
        if (type.IsEnum) return OptionKind.Choice;
        if (type == typeof(bool)) return OptionKind.Flag;
        if (type == typeof(int) || type == typeof(long)) return OptionKind.Whole;
        if (type == typeof(double) || type == typeof(float)) return OptionKind.Number;
        return type == typeof(string) ? OptionKind.Text : null;
    }

    private static bool IsListInterface(Type type) =>
        type.IsInterface && type.IsGenericType && type.IsAssignableFrom(type.GenericTypeArguments[0].MakeArrayType());
}
