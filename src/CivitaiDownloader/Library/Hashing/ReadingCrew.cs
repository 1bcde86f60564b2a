using System.Threading.Channels;

namespace CivitaiDownloader.Library.Hashing;

/// <summary>Several readers at work on many files, each on a thread of its own, one file after the other. What is done is handed on in batches, also when the run is cut short.</summary>
/// <param name="turns">The files by their numbers, in the order in which they are begun.</param>
internal sealed class ReadingCrew(IReadOnlyList<int> turns, int readers, TimeProvider time)
{
    private const int MostKeptAtOnce = 500;
    private static readonly TimeSpan LongestUnkept = TimeSpan.FromSeconds(2);

    /// <param name="newReader">Makes what reads one file, for one thread, and what is disposed of when that thread ends.</param>
    /// <param name="keep">Is given the files that are done, by one thread at a time.</param>
    /// <exception cref="OperationCanceledException">Cancelled; what was done is kept.</exception>
    public async Task RunAsync(Func<(Action<int, CancellationToken> Read, IDisposable Held)> newReader, Action<IReadOnlyList<int>> keep, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var done = Channel.CreateUnbounded<int>(new() { SingleReader = true });
        var next = -1;
        var reading = Task.WhenAll(Enumerable.Range(0, Math.Min(readers, turns.Count)).Select(_ => Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        var ending = reading.ContinueWith(ended => done.Writer.TryComplete(ended.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            await KeepAsync(done.Reader, keep);
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            await stop.CancelAsync();
            await ending;
        }

        void Read()
        {
            var (read, held) = newReader();
            using var _ = held;
            try
            {
                while (!stop.IsCancellationRequested && Interlocked.Increment(ref next) is var turn && turn < turns.Count)
                {
                    read(turns[turn], stop.Token);
                    done.Writer.TryWrite(turns[turn]);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // What this one was at is not done.
            }
        }
    }

    private async Task KeepAsync(ChannelReader<int> done, Action<IReadOnlyList<int>> keep)
    {
        var unkept = new List<int>();
        var keptAt = time.GetTimestamp();
        await foreach (var index in done.ReadAllAsync())
        {
            unkept.Add(index);
            if (unkept.Count < MostKeptAtOnce && time.GetElapsedTime(keptAt) < LongestUnkept) continue;
            keep(unkept);
            unkept.Clear();
            keptAt = time.GetTimestamp();
        }

        if (unkept.Count > 0) keep(unkept);
    }
}
