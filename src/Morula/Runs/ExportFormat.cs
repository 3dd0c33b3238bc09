namespace Morula.Runs;

/// <summary>Layouts in which a tracked movie is written.</summary>
public enum ExportFormat
{
    /// <summary>Cell Tracking Challenge: masks and res_track.txt.</summary>
    TrackingChallenge,

    /// <summary>ASTEC: labels per frame and an XML file of properties.</summary>
    Astec,

    /// <summary>MorphoNet: surfaces and properties as text.</summary>
    MorphoNet,

    /// <summary>TrackMate and MaMuT of Fiji: spots and edges.</summary>
    TrackMate,

    /// <summary>Tables alone: tracks.csv and lineage.csv.</summary>
    Csv,

    /// <summary>This program's own: labels/ and the tables.</summary>
    Morula,
}
