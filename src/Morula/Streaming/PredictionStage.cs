namespace Morula.Streaming;

/// <summary>Stages of a prediction, one after the other; the work within a stage may be shared out among processes.</summary>
public enum PredictionStage
{
    /// <summary>Images larger than is held at once are read, for their range of intensities.</summary>
    Scan,

    /// <summary>The network looks: at images, frames or windows, and at the tiles of large images.</summary>
    Find,

    /// <summary>Of large images: what the tiles found becomes cells.</summary>
    Settle,

    /// <summary>Of large images: cells are painted and fitted to the membranes, block by block.</summary>
    Paint,

    /// <summary>Blocks become label volumes, and the cells of a movie are linked.</summary>
    Finish,
}
