using Morula.Formats;
using Morula.Measuring;
using Morula.Volumes;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Runs;

/// <summary>
/// Images one after the other. Threads that share the layers of a small image wait for each other most of the time, and what follows the network uses
/// one alone; so small images are predicted several at once, each by its share of the threads with a network of its own.
/// </summary>
/// <param name="run">The network.</param>
/// <param name="folder">Receives the results.</param>
/// <param name="begin">Called with the place of an image when it begins; is told the share done.</param>
internal sealed class ImageSeries(PredictionRun run, string folder, Func<int, IProgress<double>?> begin)
{
    // Of one image. Larger ones keep all threads busy.
    private const long MostVoxels = 4_000_000;

    // That share a graphics card. Its memory is not known; what follows the network uses the processor.
    private const int MostOnCard = 4;

    private readonly Stack<PredictionRun> idle = new([run]);
    private readonly Queue<(Task<PredictedImage> Task, IProgress<double>? Progress)> begun = new();

    /// <summary>What was found, image by image, each when its results are there.</summary>
    public IEnumerable<PredictedImage> Predict(IReadOnlyList<string> imagePaths, CancellationToken cancellation)
    {
        (Extent Own, Extent Working)?[] small = [.. imagePaths.Select(Small)];
        int threads = get_num_threads(), atOnce = AtOnce([.. small.OfType<(Extent, Extent)>()], threads);
        using var free = new SemaphoreSlim(atOnce);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            for (int place = 0; place < imagePaths.Count; place++)
            {
                bool isBeside = small[place] is not null && atOnce > 1;
                // One more for each thread waits for its turn, so that none idles while the oldest is not done.
                while (begun.Count > (isBeside ? (2 * atOnce) - 1 : 0)) yield return Next();
                string path = imagePaths[place];
                IProgress<double>? progress = begin(place);
                if (isBeside) begun.Enqueue((Start(path, threads / atOnce, free, waiting.Token, cancellation), progress));
                else yield return run.Predict(path, folder, progress, cancellation);
            }

            while (begun.Count > 0) yield return Next();
        }
        finally
        {
            // Whatever ended the series, images that were begun keep their results; those that wait for their turn are left.
            waiting.Cancel();
            foreach (var (task, _) in begun) ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
            foreach (PredictionRun twin in idle.Where(one => one != run)) twin.Dispose();
            set_num_threads(threads);
        }
    }

    // Sizes as it is and on the working grid; null of a large image, and of one that will be refused in its turn.
    private (Extent Own, Extent Working)? Small(string path)
    {
        try
        {
            var (own, working) = HeaderExtent.Read(path, run.OptionsFor(path));
            return Math.Max(own.Count, working.Count) <= MostVoxels && own.Count <= run.Options.Inference.BlockVoxels ? (own, working) : null;
        }
        catch (VolumeFormatException)
        {
            return null;
        }
    }

    private int AtOnce((Extent Own, Extent Working)[] images, int threads)
    {
        int most = Math.Min(run.Device.type == DeviceType.CPU ? threads : Math.Min(threads, MostOnCard), images.Length);
        if (most <= 1) return 1;
        // The largest on either grid stand for all.
        Extent own = images.MaxBy(image => image.Own.Count).Own, working = images.MaxBy(image => image.Working.Count).Working;
        long each = PlanRun.Foretell(run.Options, PlanRun.Subject(working) with { Image = own }).Prediction.Peak;
        return (int)Math.Clamp((run.Bytes ?? MachineMemory.Read().Available / 2) / Math.Max(1, each), 1, most);
    }

    private PredictedImage Next()
    {
        var (task, progress) = begun.Dequeue();
        PredictedImage found = task.GetAwaiter().GetResult();
        progress?.Report(1);
        return found;
    }

    // A thread of its own: the number of processors that the tensor library uses belongs to a thread.
    private Task<PredictedImage> Start(string path, int threads, SemaphoreSlim free, CancellationToken waiting, CancellationToken cancellation) => Task.Factory.StartNew(
        () =>
        {
            free.Wait(waiting);
            set_num_threads(threads);
            PredictionRun own = Take();
            try
            {
                return own.Predict(path, folder, null, cancellation);
            }
            finally
            {
                lock (idle) idle.Push(own);
                free.Release();
            }
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private PredictionRun Take()
    {
        lock (idle)
        {
            if (idle.TryPop(out PredictionRun? one)) return one;
        }

        return run.Twin();
    }
}
