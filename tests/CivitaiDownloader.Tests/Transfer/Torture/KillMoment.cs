using System.Diagnostics;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>What a process is watched for before it is killed.</summary>
internal enum KillTrigger
{
    /// <summary>Milliseconds since it was started.</summary>
    Time,

    /// <summary>Bytes of the file that were served.</summary>
    Bytes,

    /// <summary>Bytes by which its journal has grown: killed at once, while it may be writing the next record.</summary>
    Journal,
}

/// <summary>A moment in a download of some 64 MiB that takes about half a second.</summary>
internal readonly record struct KillMoment(KillTrigger Trigger, long Amount)
{
    private const int RecordBytes = 44; // docs/formats/journal.md

    public static KillMoment Draw(Random random) => random.Next(3) switch
    {
        0 => new(KillTrigger.Time, random.Next(900)),
        1 => new(KillTrigger.Bytes, random.NextInt64(1, 64 << 20)),
        _ => new(KillTrigger.Journal, random.Next(1, 60 * RecordBytes)),
    };

    public override string ToString() => $"{Trigger} {Amount}";

    /// <summary>Kills the process when the moment is there.</summary>
    /// <returns>False when it ended before.</returns>
    public async Task<bool> KillAsync(Process process, Func<long> served, Func<long> journal)
    {
        var (trigger, amount, start, before) = (Trigger, Amount, Stopwatch.GetTimestamp(), journal());
        Func<bool> isThere = trigger switch
        {
            KillTrigger.Time => () => Stopwatch.GetElapsedTime(start).TotalMilliseconds >= amount,
            KillTrigger.Bytes => () => served() >= amount,
            _ => () => journal() >= before + amount,
        };
        await Task.Run(() =>
        {
            while (!isThere() && !process.HasExited) Thread.Yield(); // no tick: a record is written within microseconds
            process.Kill(); // SIGKILL
        });
        await process.WaitForExitAsync();
        return OperatingSystem.IsWindows() || process.ExitCode == 128 + 9;
    }
}
