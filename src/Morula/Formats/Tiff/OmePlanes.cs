using System.Globalization;
using System.Xml.Linq;

namespace Morula.Formats;

/// <summary>Follows the TiffData elements of OME metadata: each names a run of pages and the plane it begins with.</summary>
internal static class OmePlanes
{
    /// <summary>Page of each plane, frames slowest, then slices, then channels.</summary>
    public static int[] List(TiffSource source, XElement pixels, TiffSeries series, int pages)
    {
        var listed = new int[series.Count];
        Array.Fill(listed, -1);
        int[] canonical = Canonical(series);
        XElement[] runs = [.. pixels.Elements().Where(element => element.Name.LocalName == "TiffData")];
        if (runs.Length == 0) runs = [new XElement("TiffData")];
        foreach (XElement run in runs) Follow(source, run, series, pages, canonical, listed);
        int missing = listed.AsSpan().IndexOf(-1);
        if (missing >= 0) throw source.Fault($"the OME metadata names no page for plane {missing} of {listed.Length}.");
        return listed;
    }

    private static void Follow(TiffSource source, XElement run, TiffSeries series, int pages, int[] canonical, int[] listed)
    {
        bool isBare = run.Attribute("IFD") is null;
        int page = Number("IFD", 0);
        int first = series.PageOf(Index("FirstT", series.Frames), Index("FirstZ", series.Slices), Index("FirstC", series.Channels));
        int count = Number("PlaneCount", isBare ? listed.Length - first : 1);
        for (int step = 0; step < count && first + step < listed.Length; step++)
        {
            if (page + (long)step >= pages) throw source.Fault($"the OME metadata names page {page + (long)step} but there are {pages}.");
            listed[canonical[first + step]] = page + step;
        }

        int Number(string name, int missing)
        {
            if ((string?)run.Attribute(name) is not { } text) return missing;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw source.Fault($"the OME metadata has a TiffData with no number as {name}.");
        }

        int Index(string name, int size) => Number(name, 0) is var index && index < size
            ? index
            : throw source.Fault($"the OME metadata has a TiffData with {name} {index} but only {size}.");
    }

    // From the position in the file's own order to the position with frames slowest, then slices, then channels.
    private static int[] Canonical(TiffSeries series)
    {
        var canonical = new int[series.Count];
        int next = 0;
        for (int frame = 0; frame < series.Frames; frame++)
        {
            for (int slice = 0; slice < series.Slices; slice++)
            {
                for (int channel = 0; channel < series.Channels; channel++) canonical[series.PageOf(frame, slice, channel)] = next++;
            }
        }

        return canonical;
    }
}
