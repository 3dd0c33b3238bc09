using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Morula.Options;

/// <summary>One key of an options record: a public property that an initialiser may set.</summary>
internal sealed class OptionKey
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<OptionKey>> Known = new();

    private readonly PropertyInfo property;
    private readonly Lazy<OptionType> type;

    private OptionKey(PropertyInfo property)
    {
        this.property = property;
        type = new Lazy<OptionType>(() => OptionType.Of(property));
        Range = property.GetCustomAttribute<RangeAttribute>();
    }

    public string Name => property.Name;

    public OptionType Type => type.Value;

    public RangeAttribute? Range { get; }

    /// <summary>The keys of a record, in the order in which they are declared.</summary>
    public static IReadOnlyList<OptionKey> In(Type record) => Known.GetOrAdd(record, static type =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0
                && property.GetMethod is not null && property.SetMethod is { IsPublic: true })
            .Select(property => new OptionKey(property))]);

    /// <summary>A copy of a record that shares nothing its initialisers could replace.</summary>
    public static object Copy(object record) => Clone(record);

    public object? Get(object record) => property.GetValue(record);

    /// <summary>Sets the value, also where only an initialiser may; what an initialiser throws is thrown unchanged.</summary>
    public void Set(object record, object? value) =>
        property.SetValue(record, value, BindingFlags.DoNotWrapExceptions, null, null, null);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "MemberwiseClone")]
    private static extern object Clone(object record);
}
