using Morula.Formats;
using Morula.Options;

namespace Morula.Runs;

/// <summary>What the parts in a folder are made with, so that nothing else is mixed into them.</summary>
internal static class PartsRecord
{
    private const string FileName = "made-with.txt";

    /// <summary>Notes what the parts are made with, or checks that it is still the same.</summary>
    /// <exception cref="OptionsException">The folder holds parts of another image, network or other options.</exception>
    public static void Enter(string folder, string record)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            AtomicFile.WriteText(path, record);
            return;
        }

        string known = File.ReadAllText(path);
        if (record == known) return;
        string[] before = known.Split('\n'), now = record.Split('\n');
        int line = Enumerable.Range(0, Math.Max(before.Length, now.Length)).First(index => before.ElementAtOrDefault(index) != now.ElementAtOrDefault(index));
        throw new OptionsException(
            folder, $"was begun with \"{before.ElementAtOrDefault(line)?.Trim()}\", now \"{now.ElementAtOrDefault(line)?.Trim()}\" is asked for; go on with the same images, network and options, or choose another folder.");
    }
}
