using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Morula.Formats;

/// <summary>Records as JSON.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Of<T>(T record) => JsonSerializer.Serialize(record, Layout) + "\n";

    /// <summary>Reads a file that this program wrote.</summary>
    /// <exception cref="VolumeFormatException">It is not there or holds something else.</exception>
    public static T Read<T>(string path)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Layout) ?? throw new JsonException("it is empty");
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new VolumeFormatException(path, $"cannot be read as what this program writes there ({fault.Message.Split(" Path:")[0]}); remove it and repeat the command.", fault);
        }
    }
}
