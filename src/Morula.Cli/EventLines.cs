using System.Text;

namespace Morula.Cli;

/// <summary>What a verb writes as lines for people, as events for programs: standard output then holds nothing but JSON.</summary>
internal sealed class EventLines(EventWriter events) : TextWriter
{
    private readonly StringBuilder line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        if (value == '\n') End();
        else if (value != '\r') line.Append(value);
    }

    /// <summary>Ends the line.</summary>
    public override void Flush()
    {
        if (line.Length > 0) End();
    }

    protected override void Dispose(bool disposing)
    {
        Flush();
        base.Dispose(disposing);
    }

    private void End()
    {
        events.Message(MessageLevel.Output, line.ToString());
        line.Clear();
    }
}
