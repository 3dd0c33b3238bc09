using Morula.Formats;
using Morula.Linking;
using Morula.Runs;
using Morula.Tracking;

namespace Examples;

public static class Track
{
    public static int Run(string labelFolder, string folder)
    {
        FrameSequence frames = FrameSequence.Open(labelFolder);     // t000.tif, t001.tif, ...: label volumes of any program
        LinkOutcome tracked = LinkRun.Run(frames, folder, new LinkOptions(), new ExactLinkSolver());
        foreach (Morula.Lineages.Track mother in tracked.Lineage.Divisions)
            Console.WriteLine($"{mother.Id} divides after frame {mother.LastFrame}");
        return tracked.Lineage.Tracks.Count;
    }
}
