using Morula.Lineages;

namespace Morula.Synthesis;

/// <summary>
/// A movie of an embryo with its true lineage. Where the cells are is settled at once and takes little memory; frames are drawn
/// when asked for, in any order, and not kept.
/// </summary>
public sealed class EmbryoMovie
{
    private readonly EmbryoOptions options;
    private readonly EmbryoField field;
    private readonly PackedCell[][] cells;
    private readonly RandomStream lasting;
    private readonly RandomStream noise;

    private EmbryoMovie(EmbryoMovieOptions options, RandomStream stream)
    {
        this.options = options.Embryo;
        field = new EmbryoField(options.Embryo);
        lasting = stream.Fork(2);
        noise = stream.Fork(3);
        var motion = new CellMotion(options, field, stream.Fork(1));
        cells = [.. motion.Frames()];
        Tracks = motion.Tracks;
    }

    /// <summary>Number of frames.</summary>
    public int FrameCount => cells.Length;

    /// <summary>The true lineage, by id.</summary>
    public IReadOnlyList<Track> Tracks { get; }

    /// <summary>Settles a movie: the same random state gives the same movie on any number of threads.</summary>
    /// <exception cref="ArgumentException">As for <see cref="EmbryoScene.Create"/>.</exception>
    public static EmbryoMovie Create(EmbryoMovieOptions options, Random random) => new(options, new RandomStream(random));

    /// <summary>Draws one frame, from 0; labels are the ids of <see cref="Tracks"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    public EmbryoScene Render(int frame)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, FrameCount);
        return EmbryoScene.Render(options, field, cells[frame], lasting, noise.Fork(frame));
    }

    /// <summary>Draws the frames in turn, one in memory at a time.</summary>
    public IEnumerable<EmbryoScene> Frames() => Enumerable.Range(0, FrameCount).Select(Render);
}
