using Morula.Volumes;
using SkiaSharp;

namespace Morula.Reports;

/// <summary>
/// Pictures of images and labels as PNG: planes through the middle (of the middle frame at rank 4), in grey between percentiles,
/// cells filled with their <see cref="LabelColour"/> and outlined. Physical proportions follow the spacing.
/// </summary>
public static class SliceFigure
{
    private const int Margin = 12;
    private const int TitleHeight = 26;
    private const int LongestSide = 8192;

    /// <summary>Three planes side by side to one scale (Y X, Z X and Y Z), or the one plane of a rank-2 image.</summary>
    /// <param name="image">An image of rank 2, 3 or 4.</param>
    /// <param name="labels">Cells of the same extent; null for the image alone.</param>
    /// <param name="width">Width of the figure in pixels.</param>
    /// <returns>A PNG file.</returns>
    /// <exception cref="ArgumentException">The extents differ or the rank is not 2, 3 or 4.</exception>
    public static byte[] Orthogonal(Volume image, LabelVolume? labels, int width = 1200)
    {
        CheckExtent(image, labels, nameof(labels));
        Panel[] panels = [.. PlaneCut.Of(image.Rank)
            .Select(plane => new Panel(plane.Name, plane.From(image), labels is null ? null : plane.From(labels)))];
        return Draw(panels, width, UnitOf(image));
    }

    /// <summary>The Y X plane three times in a row: image, truth, prediction.</summary>
    /// <param name="image">An image of rank 2, 3 or 4.</param>
    /// <param name="truth">Annotated cells, of the same extent.</param>
    /// <param name="prediction">Cells found, of the same extent.</param>
    /// <param name="width">Width of the figure in pixels.</param>
    /// <returns>A PNG file.</returns>
    /// <exception cref="ArgumentException">The extents differ or the rank is not 2, 3 or 4.</exception>
    public static byte[] Comparison(Volume image, LabelVolume truth, LabelVolume prediction, int width = 1200) =>
        Row(image, [new NamedLabels("image", null), new NamedLabels("truth", truth), new NamedLabels("prediction", prediction)], width);

    /// <summary>The Y X plane as many times in a row as there are labels to lay over it.</summary>
    /// <param name="image">An image of rank 2, 3 or 4.</param>
    /// <param name="panels">At least one; labels of the same extent.</param>
    /// <param name="width">Width of the figure in pixels.</param>
    /// <returns>A PNG file.</returns>
    /// <exception cref="ArgumentException">The extents differ or the rank is not 2, 3 or 4.</exception>
    public static byte[] Row(Volume image, IReadOnlyList<NamedLabels> panels, int width = 1200)
    {
        foreach (NamedLabels panel in panels) CheckExtent(image, panel.Labels, panel.Name);
        PlaneCut front = PlaneCut.Of(image.Rank)[0];
        Volume plane = front.From(image);
        return Draw([.. panels.Select(panel => new Panel(panel.Name, plane, panel.Labels is null ? null : front.From(panel.Labels)))], width, UnitOf(image));
    }

    /// <summary>Planes side by side to one scale, cells outlined.</summary>
    /// <param name="planes">At least one, of one image.</param>
    /// <param name="width">Width of the figure in pixels.</param>
    /// <returns>A PNG file.</returns>
    internal static byte[] Planes(IReadOnlyList<Panel> planes, int width = 1200) => Draw([.. planes], width, UnitOf(planes[0].Image));

    private static void CheckExtent(Volume image, LabelVolume? labels, string name)
    {
        if (labels is not null && labels.Extent != image.Extent)
            throw new ArgumentException($"The labels are {labels.Extent} but the image is {image.Extent}.", name);
    }

    // An image that states no spacing has one of 1: its lengths are voxels.
    internal static string? UnitOf(Volume image) => image.Spacing == Spacing.Unit(image.Rank) ? null : "µm";

    private static byte[] Draw(Panel[] panels, int width, string? unit)
    {
        double scale = (width - (Margin * (panels.Length + 1))) / panels.Sum(panel => panel.Field.Width);
        scale = Math.Min(scale, LongestSide / panels.Max(panel => Math.Max(panel.Field.Height, panel.Field.Width)));
        GreyScale grey = GreyScale.Of(panels.Select(panel => panel.Image));
        int tallest = panels.Max(panel => (int)Math.Ceiling(panel.Field.Height * scale));
        using var surface = SKSurface.Create(new SKImageInfo(width, tallest + TitleHeight + (2 * Margin)));
        surface.Canvas.Clear(SKColors.White);
        double left = Margin;
        foreach (Panel panel in panels)
        {
            using SKBitmap picture = panel.Draw(scale, grey, 2);
            float top = Margin + TitleHeight + ((tallest - picture.Height) / 2);
            surface.Canvas.DrawBitmap(picture, (float)Math.Round(left), top);
            Lettering.Write(surface.Canvas, panel.Title, (float)Math.Round(left), top - 8, SKColors.Black);
            if (panel == panels[0] && unit is not null) ScaleBar.Draw(surface.Canvas, new SKRectI((int)left, (int)top, (int)left + picture.Width, (int)top + picture.Height), scale, unit);
            left += (panel.Field.Width * scale) + Margin;
        }

        return PngFile.Of(surface);
    }
}
