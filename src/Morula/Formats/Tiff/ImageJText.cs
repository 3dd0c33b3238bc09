using System.Globalization;
using System.Text;
using Morula.Volumes;

namespace Morula.Formats;

/// <summary>The text by which ImageJ knows a hyperstack, its calibration and its display range.</summary>
internal static class ImageJText
{
    public static string Describe(int frames, int slices, Spacing spacing, double? least, double? most)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"ImageJ=1.53t\nimages={(long)frames * slices}\nchannels=1\nslices={slices}\nframes={frames}\n");
        text.Append("hyperstack=true\nmode=grayscale\nunit=micron\n");
        if (spacing.Rank >= 3) text.Append(CultureInfo.InvariantCulture, $"spacing={spacing[spacing.Rank - 3]:R}\n");
        if (spacing.Rank == 4) text.Append(CultureInfo.InvariantCulture, $"finterval={spacing[0]:R}\n");
        text.Append(CultureInfo.InvariantCulture, $"loop=false\n");
        if (least is not null && most is not null) text.Append(CultureInfo.InvariantCulture, $"min={least:R}\nmax={most:R}\n");
        return text.ToString();
    }
}
