using Morula.Inference;
using Morula.Runs;

namespace Examples;

public static class Predict
{
    public static int Run(string imagePath, double cellMicrometres, string folder)
    {
        string network = ShippedNetworks.PathOf("membrane3d");      // or the path of a checkpoint of your own
        IReadOnlyList<string> scale = CellDiameter.Overrides(network, cellMicrometres);
        using var run = new PredictionRun(network, scale);
        PredictedImage found = run.Predict(imagePath, folder);      // writes NAME.tif and NAME.cells.csv
        foreach (CellRow cell in found.Whole!.Table.Rows)
            Console.WriteLine($"{cell.Label}: {cell.Volume:0.0} µm³, touches {cell.Contacts.Count} cells");
        return found.Cells;
    }
}
