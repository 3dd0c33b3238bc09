using Morula.Synthesis;

namespace Examples;

public static class Synthesize
{
    public static void Run(string folder)
    {
        EmbryoOptions embryo = EmbryoOptions.Hard with { Extent = [32, 32, 32], CellCount = 12 };
        SyntheticDataSet.WriteEmbryos(Path.Combine(folder, "images"), embryo, count: 3, seed: 7);   // raw/, labels/

        var movie = new EmbryoMovieOptions { Embryo = embryo, Frames = 4 };
        SyntheticDataSet.WriteMovie(Path.Combine(folder, "movie"), movie, seed: 7);                  // raw/, labels/, tracks.csv
    }
}
