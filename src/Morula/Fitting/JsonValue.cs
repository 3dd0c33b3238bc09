using Morula.Backbone;
using Morula.Model;
using Morula.Options;

namespace Morula.Fitting;

/// <summary>Values as an options file says them.</summary>
internal static class JsonValue
{
    public static string Of(double value) => value.ToString("R");

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(IReadOnlyList<string> names) => OfKey(typeof(ModelOptions), nameof(ModelOptions.Classes), names);

    public static string Of(IReadOnlyList<StageOptions> stages) => OfKey(typeof(BackboneOptions), nameof(BackboneOptions.Stages), stages);

    /// <summary>One number where all are equal, since one holds for every axis.</summary>
    public static string OfAxes<T>(IReadOnlyList<T> values) => $"[{string.Join(", ", values.Distinct().Count() == 1 ? values.Take(1) : values)}]";

    private static string OfKey(Type record, string name, object value) =>
        OptionsWriter.Inline(value, OptionKey.In(record).Single(key => key.Name == name).Type);
}
