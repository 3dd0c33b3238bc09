using Morula.Formats;
using Morula.Measuring;
using Morula.Reports;

namespace Morula.Runs;

/// <summary>What a page says of one image: its line in the table, its section.</summary>
internal sealed class ImageFindings
{
    private const int HistogramBins = 20;

    private readonly ReportedImage image;
    private readonly IReadOnlyList<ListedCell> cells;
    private readonly VolumeInfo info;

    private ImageFindings(ReportedImage image, IReadOnlyList<ListedCell> cells, VolumeInfo info) => (this.image, this.cells, this.info) = (image, cells, info);

    /// <summary>Names of the columns of <see cref="Row"/>.</summary>
    public static IReadOnlyList<string> Header => ["image", "voxels", "cells", "median volume", "median diameter", "unit", "median score", "lowest score", "lowest foretold overlap"];

    /// <summary>The cells.</summary>
    public IReadOnlyList<ListedCell> Cells => cells;

    /// <summary>Name of the image.</summary>
    public string Name => image.Name;

    /// <summary>Reads the header of the image and its table of cells.</summary>
    /// <exception cref="VolumeFormatException">One of them cannot be read.</exception>
    public static ImageFindings Read(ReportedImage image) => new(image, image.Cells(), VolumeFile.ReadInfo(image.Path));

    /// <summary>The image in a table of images.</summary>
    public IReadOnlyList<string> Row() =>
    [
        image.Name, info.Extent.ToString(), ReportNumber.Count(cells.Count), Middle(cell => cell.Volume, ReportNumber.Of), Middle(cell => cell.Diameter, ReportNumber.Of),
        image.Unit, Middle(cell => cell.Score, value => ReportNumber.Score(value)), cells.Count == 0 ? string.Empty : ReportNumber.Score(cells.Min(cell => cell.Score)),
        ReportNumber.Score(cells.Min(cell => cell.PredictedOverlap)),
    ];

    /// <summary>The image as a section: planes, numbers, scores.</summary>
    /// <param name="page">Receives it.</param>
    /// <param name="planes">Of <see cref="Planes"/>.</param>
    /// <param name="scores">Of <see cref="Scores"/>.</param>
    public void AddTo(Page page, byte[] planes, byte[]? scores)
    {
        page.Section(image.Name).Paragraph(Sentence());
        page.Figure(planes, Caption(image.Rank));
        if (scores is null) return;
        page.Figure(
            scores,
            IsForetold ? $"The overlap of the cells of {image.Name} with their true cells as the network foretells it." : $"Scores of the cells of {image.Name}: how sure the network was, from 0 to 1.");
    }

    /// <summary>The planes alone.</summary>
    public byte[] Planes(int width)
    {
        using PlaneSource source = image.Open();
        return SliceFigure.Planes(source.Middle(), width);
    }

    /// <summary>Number of voxels of the image.</summary>
    public long Voxels => info.Extent.Count;

    /// <summary>How many cells have which certainty; null where there is no cell.</summary>
    public byte[]? Scores() => cells.Count == 0
        ? null
        : HistogramFigure.Draw(IsForetold ? "foretold overlap" : "score", "cells", cells.Select(cell => cell.Certainty), 0, 1, HistogramBins);

    /// <summary>What the planes show.</summary>
    public static string Caption(int rank) => rank == 2 ? "The image, cells outlined." : "Three planes through the middle, cells outlined.";

    private bool IsForetold => cells.Any(cell => cell.PredictedOverlap is not null);

    private string Sentence() => cells.Count == 0
        ? "No cell was found."
        : $"{ReportNumber.Count(cells.Count, "cell")}; the median cell has {Middle(cell => cell.Volume, ReportNumber.Of)} {image.VolumeUnit} and is as large as a {(image.Rank == 2 ? "disc" : "ball")} of {Middle(cell => cell.Diameter, ReportNumber.Of)} {image.Unit} across.";

    private string Middle(Func<ListedCell, double> of, Func<double, string> text) => cells.Count == 0 ? string.Empty : text(Median.Of(cells.Select(of)));
}
