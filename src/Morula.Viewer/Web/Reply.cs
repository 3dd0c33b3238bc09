namespace Morula.Viewer;

/// <summary>An answer to a request.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Type">Its media type.</param>
/// <param name="IsPacked">Whether the bytes are packed by gzip.</param>
/// <param name="Status">Its status.</param>
internal sealed record Reply(byte[] Content, string Type, bool IsPacked = false, int Status = 200)
{
    private const string Binary = "application/octet-stream";

    public static Reply Json<T>(T content, int status = 200) => new(JsonReply.Bytes(content), "application/json", Status: status);

    public static Reply Bytes(byte[] content) => new(content, Binary);

    public static Reply Packed(byte[] content) => new(content, Binary, IsPacked: true);
}
