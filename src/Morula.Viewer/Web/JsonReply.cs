using System.Text.Json;
using System.Text.Json.Serialization;

namespace Morula.Viewer;

/// <summary>Records as JSON for the page.</summary>
internal static class JsonReply
{
    private static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static byte[] Bytes<T>(T content) => JsonSerializer.SerializeToUtf8Bytes(content, Layout);
}
