using System.Text;
using Morula.Options;

namespace Morula.Fitting;

/// <summary>Writes advice as an options file that people read first.</summary>
internal static class AdviceFile
{
    private const int Width = 110;

    /// <summary>The text of the file.</summary>
    public static string Compose(Recommendation recommendation)
    {
        var text = new StringBuilder();
        Comment(text, 0, $"Fitted to a data set: {recommendation.Seen}. Every value may be changed; \"morula options --table\" tells what else there is.");
        text.Append('{');
        Section(text, 1, [.. InOrder(recommendation.Advice).Select(advice => (advice.Key.Split('.'), advice))], isFirst: true);
        return text.Append("\n}\n").ToString();
    }

    // Keys that stand alone, then the sections as the options declare them.
    private static IEnumerable<Advice> InOrder(IEnumerable<Advice> advice)
    {
        string[] sections = [.. OptionKey.In(typeof(MorulaOptions)).Select(key => key.Name)];
        return advice.OrderBy(one => Array.IndexOf(sections, one.Key.Split('.')[0]));
    }

    private static void Section(StringBuilder text, int depth, IReadOnlyList<(string[] Path, Advice Advice)> entries, bool isFirst)
    {
        foreach (var group in entries.GroupBy(entry => entry.Path[depth - 1]))
        {
            text.Append(isFirst ? "\n" : ",\n");
            isFirst = false;
            var (path, advice) = group.First();
            if (path.Length == depth)
            {
                Comment(text, depth, advice.Reason);
                text.Append($"{Indent(depth)}\"{group.Key}\": {advice.Value}");
                continue;
            }

            text.Append($"{Indent(depth)}\"{group.Key}\": {{");
            Section(text, depth + 1, [.. group], isFirst: true);
            text.Append($"\n{Indent(depth)}}}");
        }
    }

    private static void Comment(StringBuilder text, int depth, string words)
    {
        var line = new StringBuilder();
        foreach (string word in words.Split(' '))
        {
            if (line.Length > 0 && line.Length + word.Length + 1 > Width - (2 * depth)) Flush();
            line.Append(line.Length > 0 ? $" {word}" : word);
        }

        Flush();

        void Flush()
        {
            text.Append($"{Indent(depth)}// {line}\n");
            line.Clear();
        }
    }

    private static string Indent(int depth) => new(' ', 2 * depth);
}
