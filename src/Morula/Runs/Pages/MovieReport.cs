using Morula.Formats;
using Morula.Lineages;
using Morula.Reports;

namespace Morula.Runs;

/// <summary>The page of a predicted movie, made from the files of its results.</summary>
internal static class MovieReport
{
    private const int MostCells = 12;
    private const int MostTracks = 40;
    private const int MostDivisions = 60;
    private const int Width = 960;

    public static Page Of(PredictionRun run, FrameSequence movie, string folder, RunCost cost)
    {
        Lineage lineage = LineageTable.Read(Path.Combine(folder, LineageTable.FileName));
        ReportedImage[] frames = [.. Enumerable.Range(0, movie.Count).Select(index => new ReportedImage(
            $"frame {movie.Numbers[index]}", movie.PathOf(index), movie.InFile(index), MovieFiles.In(folder, movie.NameOf(index)), 3))];
        var looks = new CellsToLookAt(MostCells);
        var counts = new double[frames.Length];
        for (int index = 0; index < frames.Length; index++)
        {
            IReadOnlyList<ListedCell> cells = frames[index].Cells();
            counts[index] = cells.Count;
            looks.Add(frames[index], cells);
        }

        var page = new Page("Morula: cells and tracks found");
        page.Paragraph($"{ReportNumber.Count((long)counts.Sum(), "cell")} in {ReportNumber.Count(frames.Length, "frame")}, {ReportNumber.Count(lineage.Tracks.Count, "track")}, {ReportNumber.Count(lineage.Divisions.Count(), "division")}, found by the network {run.NetworkName}.");
        page.Section("Cells over time").Figure(
            CurveFigure.Draw(string.Empty, "frame", "cells", [new CurveSeries("cells", [.. movie.Numbers.Select(number => (double)number)], counts)], height: 360),
            $"Number of cells in each frame: {counts[0]:0} in the first, {counts[^1]:0} in the last.");
        AddTracks(page, lineage, movie);
        AddDivisions(page, lineage);
        PredictionReport.AddLooks(page, looks, namesImages: true);
        AddFrames(page, frames);
        PredictionFacts.AddTo(page, run, cost);
        return page;
    }

    private static void AddTracks(Page page, Lineage lineage, FrameSequence movie)
    {
        page.Section("Tracks");
        if (lineage.Tracks.Count == 0)
        {
            page.Paragraph("There is no track.");
            return;
        }

        page.Paragraph($"A track is a cell from its birth to its division, its end or the end of the movie. The median track spans {Measuring.Median.Of(lineage.Tracks.Select(track => (double)track.Length)):0.#} frames.");
        (Track Track, string Why)[] odd = [.. lineage.Tracks.Select(track => (Track: track, Why: Oddity(track, lineage, movie))).Where(entry => entry.Why.Length > 0).OrderBy(entry => entry.Track.FirstFrame).ThenBy(entry => entry.Track.Id)];
        if (odd.Length == 0) page.Paragraph("Every track begins with the movie or with a mother, and ends with daughters or with the movie.");
        else
        {
            page.Paragraph("Tracks to look at first: they begin without a mother, or end without daughters, where the movie goes on.");
            page.Table(["track", "frames", "why"], [.. odd.Take(MostTracks).Select(entry => (IReadOnlyList<string>)[entry.Track.Id.ToString(), $"{entry.Track.FirstFrame} to {entry.Track.LastFrame}", entry.Why])]);
            AddLeftOut(page, odd.Length - MostTracks, "track");
        }
    }

    private static string Oddity(Track track, Lineage lineage, FrameSequence movie)
    {
        bool begins = track.ParentId == 0 && track.FirstFrame > movie.Numbers[0];
        bool ends = track.LastFrame < movie.Numbers[^1] && !lineage.DaughtersOf(track.Id).Any();
        return begins && ends ? "begins without a mother and ends without daughters" : begins ? "begins without a mother" : ends ? "ends without daughters" : string.Empty;
    }

    private static void AddDivisions(Page page, Lineage lineage)
    {
        (Track Mother, Track[] Daughters)[] divisions = [.. lineage.Divisions.Select(mother => (mother, lineage.DaughtersOf(mother.Id).ToArray())).OrderBy(division => division.mother.LastFrame).ThenBy(division => division.mother.Id)];
        page.Section("Divisions");
        if (divisions.Length == 0)
        {
            page.Paragraph("No division was found.");
            return;
        }

        page.Table(["mother", "last seen in frame", "daughters"], [.. divisions.Take(MostDivisions).Select(division =>
            (IReadOnlyList<string>)[division.Mother.Id.ToString(), division.Mother.LastFrame.ToString(), string.Join(" and ", division.Daughters.Select(daughter => daughter.Id))])]);
        AddLeftOut(page, divisions.Length - MostDivisions, "division");
    }

    private static void AddFrames(Page page, ReportedImage[] frames)
    {
        page.Section("Frames").Paragraph("The first frame, that in the middle and the last. A cell has one colour along its track.");
        foreach (int index in new[] { 0, frames.Length / 2, frames.Length - 1 }.Distinct())
            page.Figure(ImageFindings.Read(frames[index]).Planes(Width), $"{frames[index].Name}. {ImageFindings.Caption(frames[index].Rank)}");
    }

    private static void AddLeftOut(Page page, int count, string word)
    {
        if (count > 0) page.Paragraph($"{ReportNumber.Count(count, $"more {word}")} left out.");
    }
}
