namespace Morula.Evaluation;

/// <summary>
/// The best one-to-one choice among allowed pairs: as many pairs as possible, and among those choices the largest sum of overlaps.
/// Shortest augmenting paths with potentials (Jonker and Volgenant 1987) on the sparse table: a search only walks the
/// cells that are chained to it by shared voxels.
/// </summary>
internal sealed class OptimalAssignment
{
    private readonly IReadOnlyList<LabelOverlap> edges;
    private readonly int[] firstEdge;
    private readonly int[] edgeOfRow;
    private readonly int[] edgeOfColumn;
    private readonly double[] rowPotential;
    private readonly double[] columnPotential;
    private readonly double[] distance;
    private readonly int[] arrivedBy;
    private readonly bool[] final;

    // A pair costs 1 - IoU, at most 1; a row without partner costs more than any number of pairs can save.
    private readonly double rejection;

    private OptimalAssignment(int rows, int columns, IReadOnlyList<LabelOverlap> edges)
    {
        this.edges = edges;
        rejection = 2.0 * (rows + 1);
        firstEdge = new int[rows + 1];
        foreach (LabelOverlap edge in edges) firstEdge[edge.Truth + 1]++;
        for (int row = 0; row < rows; row++) firstEdge[row + 1] += firstEdge[row];
        edgeOfRow = new int[rows];
        edgeOfColumn = new int[columns];
        Array.Fill(edgeOfRow, -1);
        Array.Fill(edgeOfColumn, -1);
        rowPotential = new double[rows];
        columnPotential = new double[columns];
        distance = new double[columns];
        Array.Fill(distance, double.PositiveInfinity);
        arrivedBy = new int[columns];
        final = new bool[columns];
    }

    /// <summary>Chooses among pairs sorted by truth cell; the result is sorted alike.</summary>
    public static IReadOnlyList<LabelOverlap> Choose(int truthCount, int predictedCount, IReadOnlyList<LabelOverlap> allowed)
    {
        var assignment = new OptimalAssignment(truthCount, predictedCount, allowed);
        for (int row = 0; row < truthCount; row++) assignment.Seat(row);
        return [.. assignment.edgeOfRow.Where(edge => edge >= 0).Select(edge => allowed[edge])];
    }

    /// <summary>Finds the cheapest chain of exchanges that gives a new row its place, ending at a free column or at a row that gives up.</summary>
    private void Seat(int start)
    {
        var queue = new PriorityQueue<int, double>();
        var touched = new List<int>();
        var settled = new List<int>();
        int freeColumn = -1;
        int lastRow = start;
        double length = Scan(start, 0, queue, touched);
        while (queue.TryDequeue(out int column, out double reached) && reached < length)
        {
            if (final[column]) continue;
            if (edgeOfColumn[column] < 0)
            {
                freeColumn = column;
                length = reached;
                break;
            }

            settled.Add(column);
            final[column] = true;
            int row = edges[edgeOfColumn[column]].Truth;
            double givingUp = Scan(row, reached, queue, touched);
            if (givingUp >= length) continue;
            length = givingUp;
            lastRow = row;
        }

        Reprice(start, settled, length);
        Exchange(start, freeColumn, lastRow);
        Forget(touched);
    }

    private void Forget(List<int> touched)
    {
        foreach (int column in touched)
        {
            distance[column] = double.PositiveInfinity;
            final[column] = false;
        }
    }

    /// <summary>Offers a row's columns to the search; returns the length of the path that ends with this row giving up.</summary>
    private double Scan(int row, double reached, PriorityQueue<int, double> queue, List<int> touched)
    {
        for (int edge = firstEdge[row]; edge < firstEdge[row + 1]; edge++)
        {
            int column = edges[edge].Predicted;
            // Never below 0 but for rounding, which must not reopen a settled column.
            double reduced = Math.Max(0, 1 - edges[edge].Iou - rowPotential[row] - columnPotential[column]);
            double next = reached + reduced;
            if (final[column] || next >= distance[column]) continue;
            distance[column] = next;
            arrivedBy[column] = edge;
            touched.Add(column);
            queue.Enqueue(column, next);
        }

        return reached + rejection - rowPotential[row];
    }

    private void Reprice(int start, List<int> settled, double length)
    {
        rowPotential[start] += length;
        foreach (int column in settled)
        {
            double saved = Math.Max(0, length - distance[column]);
            columnPotential[column] -= saved;
            rowPotential[edges[edgeOfColumn[column]].Truth] += saved;
        }
    }

    private void Exchange(int start, int freeColumn, int lastRow)
    {
        int column = freeColumn;
        if (column < 0)
        {
            if (lastRow == start) return;
            column = edges[edgeOfRow[lastRow]].Predicted;
            edgeOfRow[lastRow] = -1;
        }

        while (true)
        {
            int edge = arrivedBy[column];
            int row = edges[edge].Truth;
            int left = edgeOfRow[row];
            edgeOfRow[row] = edge;
            edgeOfColumn[column] = edge;
            if (row == start) return;
            column = edges[left].Predicted;
        }
    }
}
