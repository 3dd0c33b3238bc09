using System.Globalization;
using System.Xml.Linq;
using Morula.Formats;
using Morula.Runs;
using Xunit;

namespace Morula.Tests.Formats;

public sealed class TrackMateTests : IDisposable
{
    private readonly SmallMovie movie = new();

    public void Dispose() => movie.Dispose();

    [Fact]
    public void Spots_lie_where_the_cells_are()
    {
        XElement root = Export(new TrackMateOptions(90));
        XElement spot = root.Descendants("Spot").First(spot => Text(spot, "name") == "4" && Text(spot, "FRAME") == "1");
        Assert.Equal(["2.25", "0.25", "0.5", "90.0"], new[] { "POSITION_X", "POSITION_Y", "POSITION_Z", "POSITION_T" }.Select(key => Text(spot, key)));
        Assert.Equal(Math.Cbrt(2 * 3 / (4 * Math.PI)), double.Parse(Text(spot, "RADIUS"), CultureInfo.InvariantCulture), 5);
        Assert.Equal("sec", Text(root.Element("Model")!, "timeunits"));
        XElement image = root.Descendants("ImageData").Single();
        Assert.Equal(["12", "2", "2", "5", "0.5", "1.0", "90.0"], new[] { "width", "height", "nslices", "nframes", "pixelwidth", "voxeldepth", "timeinterval" }.Select(key => Text(image, key)));
    }

    [Fact]
    public void A_family_is_a_track_and_its_edges_are_the_lineage()
    {
        XElement root = Export(new TrackMateOptions(Image: "embryo.tif"));
        Dictionary<string, string> cells = root.Descendants("Spot").ToDictionary(spot => Text(spot, "ID"), spot => $"{Text(spot, "FRAME")}:{Text(spot, "name")}");
        Assert.Equal(SmallMovie.Family.Sum(frame => frame.Distinct().Count(label => label != 0)), cells.Count);
        string[][] families = [.. root.Descendants("Track").Select(track => track.Elements("Edge").Select(edge => $"{cells[Text(edge, "SPOT_SOURCE_ID")]} {cells[Text(edge, "SPOT_TARGET_ID")]}").ToArray())];
        Assert.Equal(
            [
                ["0:1 1:1", "1:1 2:2", "1:1 2:3", "2:2 3:2", "2:3 3:3", "3:2 4:2", "3:3 4:3"],
                ["0:4 1:4", "1:4 3:4", "3:4 4:5"],
                ["0:70000 1:70000", "1:70000 2:70000", "2:70000 3:70000", "3:70000 4:70000"],
            ],
            families);
        Assert.Equal(3, root.Descendants("TrackID").Count());
        Assert.Equal("embryo.tif", Text(root.Descendants("ImageData").Single(), "filename"));
    }

    private XElement Export(TrackMateOptions options)
    {
        ExportRun.Run(new ExportRequest(movie.Own, ExportFormat.TrackMate, movie["out"]) { Name = "E", TrackMate = options }, cancellation: TestContext.Current.CancellationToken);
        return XDocument.Load(Path.Combine(movie["out"], "E.xml")).Root!;
    }

    private static string Text(XElement element, string attribute) => element.Attribute(attribute)!.Value;
}
