using System.Globalization;
using Morula.Formats;
using Morula.Samples;

namespace Morula.Streaming;

/// <summary>The scan of an image as four numbers in a line of text.</summary>
internal static class ScanFile
{
    /// <summary>Writes it.</summary>
    public static void Write(string path, ImageScan scan) => AtomicFile.WriteText(
        path, string.Create(CultureInfo.InvariantCulture, $"{scan.Scale.Low:R} {scan.Scale.High:R} {scan.Least:R} {scan.Most:R}\n"));

    /// <summary>Reads it.</summary>
    /// <exception cref="VolumeFormatException">The file is missing or damaged.</exception>
    public static ImageScan Read(string path)
    {
        try
        {
            float[] numbers = [.. File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => float.Parse(word, CultureInfo.InvariantCulture))];
            return new ImageScan(new IntensityScale(numbers[0], numbers[1]), numbers[2], numbers[3]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            throw DamagedPart.Of(path, fault);
        }
    }
}
