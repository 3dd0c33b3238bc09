namespace Morula.Planning;

/// <summary>The levels of a pyramid while the heads are taught, and the gradients that they gather.</summary>
internal sealed class LevelSketches(Ledger ledger, IReadOnlyList<Sketch> levels)
{
    private readonly Sketch?[] gradients = new Sketch?[levels.Count];

    public IReadOnlyList<Sketch> Maps => levels;

    /// <summary>Adds a gradient to that of a level; it is let go, or taken over where it is the first.</summary>
    /// <param name="level">Of the pyramid.</param>
    /// <param name="gradient">Held by the caller until now.</param>
    /// <param name="isShared">Whether somebody else holds the gradient too, so that the first one is copied.</param>
    public void Gather(int level, Sketch gradient, bool isShared = false)
    {
        if (gradients[level] is not null)
        {
            ledger.Release(gradient);
            return;
        }

        gradients[level] = isShared ? ledger.Make(gradient.Stage, gradient.Shape) : ledger.Hold(gradient);
        ledger.Release(gradient);
    }

    /// <summary>Lets go of the levels; their gradients go to the caller.</summary>
    public IReadOnlyList<(int Level, Sketch Gradient)> End()
    {
        foreach (Sketch level in levels) ledger.Release(level);
        return [.. gradients.Select((gradient, level) => (level, gradient)).Where(entry => entry.gradient is not null).Select(entry => (entry.level, entry.gradient!))];
    }
}
