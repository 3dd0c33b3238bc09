namespace Morula.Geometry;

/// <summary>Partitioning around medoids: exchanges a medoid for another point as long as that lowers the sum of distances.</summary>
internal sealed class MedoidSearch
{
    private const double LeastGain = 1e-6;

    private readonly float[][] distances;
    private readonly int[] medoids;
    private readonly int[] nearest;
    private readonly float[] first;
    private readonly float[] second;

    /// <summary>Starts from some medoids.</summary>
    /// <param name="distances">N x N, symmetric, 0 from a point to itself.</param>
    /// <param name="start">Different points.</param>
    public MedoidSearch(float[][] distances, IReadOnlyList<int> start)
    {
        this.distances = distances;
        medoids = [.. start];
        nearest = new int[distances.Length];
        first = new float[distances.Length];
        second = new float[distances.Length];
        Assign();
    }

    /// <summary>The points chosen.</summary>
    public IReadOnlyList<int> Medoids => medoids;

    /// <summary>Sum over all points of the distance to the nearest medoid.</summary>
    public double Cost { get; private set; }

    /// <summary>Exchanges until no single exchange gains anything.</summary>
    public void Descend()
    {
        int since = 0; // points tried since the last exchange
        for (int point = 0; since < distances.Length; point = (point + 1) % distances.Length, since++)
        {
            if (!TryExchange(point)) continue;
            Assign();
            since = 0;
        }
    }

    // One pass over all points tells what the exchange of every medoid for this point would cost (FastPAM).
    private bool TryExchange(int point)
    {
        if (medoids.Contains(point)) return false;
        var loss = new double[medoids.Length];
        double shared = 0;
        for (int other = 0; other < first.Length; other++)
        {
            double distance = distances[point][other];
            if (distance < first[other]) shared += distance - first[other];
            loss[nearest[other]] += Math.Min(distance, second[other]) - Math.Min(distance, first[other]);
        }

        int cheapest = Array.IndexOf(loss, loss.Min());
        if (shared + loss[cheapest] >= -LeastGain) return false;
        medoids[cheapest] = point;
        return true;
    }

    private void Assign()
    {
        Cost = 0;
        for (int point = 0; point < first.Length; point++)
        {
            (first[point], second[point]) = (float.PositiveInfinity, float.PositiveInfinity);
            for (int which = 0; which < medoids.Length; which++)
            {
                float distance = distances[medoids[which]][point];
                if (distance < first[point]) (second[point], first[point], nearest[point]) = (first[point], distance, which);
                else second[point] = Math.Min(second[point], distance);
            }

            Cost += first[point];
        }
    }
}
