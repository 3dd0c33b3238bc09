using System.Globalization;
using System.Text;
using Morula.Formats;
using Morula.Inference;
using Morula.Volumes;

namespace Morula.Streaming;

/// <summary>A census of cells as lines of text, so that those of all blocks can be added up.</summary>
internal static class CensusFile
{
    private const string Cell = "cell";
    private const string Surface = "surface";
    private const string Contact = "contact";

    /// <summary>Writes a census.</summary>
    public static void Write(string path, CellCensus census)
    {
        var text = new StringBuilder();
        foreach (var (label, tally) in census.Tallies)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Cell},{label},{tally.Voxels},{tally.Frames}");
            foreach (int bound in tally.Box.Lower) text.Append(CultureInfo.InvariantCulture, $",{bound}");
            foreach (int bound in tally.Box.Upper) text.Append(CultureInfo.InvariantCulture, $",{bound}");
            foreach (double sum in tally.Sums) text.Append(CultureInfo.InvariantCulture, $",{sum:R}");
            text.Append('\n');
        }

        foreach (var ((less, more), area) in census.Surfaces) text.Append(CultureInfo.InvariantCulture, $"{Surface},{less},{more},{area:R}\n");
        foreach (var ((less, more), area) in census.Contacts) text.Append(CultureInfo.InvariantCulture, $"{Contact},{less},{more},{area:R}\n");
        AtomicFile.WriteText(path, text.ToString());
    }

    /// <summary>Adds a file to a census.</summary>
    /// <param name="path">Written by <see cref="Write"/>.</param>
    /// <param name="census">Added to.</param>
    /// <exception cref="VolumeFormatException">The file is missing or damaged.</exception>
    public static void AddTo(string path, CellCensus census)
    {
        try
        {
            foreach (string line in File.ReadLines(path)) Add(line.Split(','), census);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException or OverflowException or IndexOutOfRangeException or ArgumentException)
        {
            throw DamagedPart.Of(path, fault);
        }
    }

    private static void Add(string[] fields, CellCensus census)
    {
        if (fields[0] == Cell)
        {
            int rank = census.Rank;
            int[] lower = [.. fields[4..(4 + rank)].Select(Number)];
            int[] upper = [.. fields[(4 + rank)..(4 + (2 * rank))].Select(Number)];
            double[] sums = [.. fields[(4 + (2 * rank))..(4 + (3 * rank))].Select(Real)];
            census.Add(Number(fields[1]), CellTally.Of(long.Parse(fields[2], CultureInfo.InvariantCulture), Number(fields[3]), new Block(lower, upper), sums));
        }
        else if (fields[0] == Surface) census.AddSurface(Number(fields[1]), Number(fields[2]), Real(fields[3]));
        else if (fields[0] == Contact) census.AddContact(Number(fields[1]), Number(fields[2]), Real(fields[3]));
        else throw new FormatException();
    }

    private static int Number(string field) => int.Parse(field, CultureInfo.InvariantCulture);

    private static double Real(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
