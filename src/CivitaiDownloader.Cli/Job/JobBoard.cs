using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Exporting;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Job;

/// <summary>Jobs that are worked on, at the foot of a terminal: one line for each, and one for each file that is on its way. Used by one caller at a time.</summary>
internal sealed class JobBoard(Screen screen, TimeProvider time)
{
    private readonly TransferLine _line = new(screen);
    private readonly LiveLines _drawing = new(screen.Error);
    private readonly Dictionary<ItemId, Speedometer> _speeds = [];
    private readonly Dictionary<JobId, Speedometer> _jobSpeeds = [];
    private readonly int _mostLines = LiveLines.Most();

    public void Clear() => _drawing.Clear();

    public void Draw(IReadOnlyList<JobRunSnapshot> runs)
    {
        if (!screen.ShowsProgress || screen.IsVerbose) return;
        var shown = runs.Where(run => !JobLifecycle.IsOver(run.Job.Status)).ToArray();
        var files = shown.SelectMany(run => run.Running).Where(running => running.Stage != ItemStage.Resolving).ToArray();
        var room = Math.Max(1, _mostLines - shown.Length);
        List<string> lines = [.. files.Take(files.Length <= room ? room : room - 1).Select(File)];
        if (files.Length > lines.Count) lines.Add($"… and {Quantity.Of(files.Length - lines.Count, "file")} more");
        lines.AddRange(shown.Select(Job));
        Forget(files);
        _drawing.Draw(lines);
    }

    private string File(RunningItemSnapshot running)
    {
        if (!_speeds.TryGetValue(running.Item.Id, out var speed)) _speeds.Add(running.Item.Id, speed = new(time));
        var word = running.Stage == ItemStage.Downloading ? null : JobWords.Of(running.Stage);
        return _line.Of(VisibleText.OneLine(running.Item.File.FileName, 120), running.Transfer.Present, running.Transfer.Total ?? running.Item.File.Bytes, speed.After(running.Transfer.Fetched), word);
    }

    // One line whatever the terminal's width: what matters least stands last and falls off at the edge.
    private string Job(JobRunSnapshot run)
    {
        if (!_jobSpeeds.TryGetValue(run.Job.Id, out var speedometer)) _jobSpeeds.Add(run.Job.Id, speedometer = new(time));
        var counts = run.Job.Counts;
        var done = counts.Total - counts.Left;
        var bytes = counts.BytesDone + run.Running.Sum(running => running.Transfer.Present);
        var speed = speedometer.After(run.Fetched);
        string?[] parts =
        [
            $"job {run.Job.Id}", $"{Quantity.Number(done)} of {Quantity.Of(counts.Total, "file")}", $"{ByteSize.Format(bytes)} of {ByteSize.Format(counts.BytesTotal)}",
            speed >= 1 ? $"{ByteSize.Format((long)speed)}/s" : null,
            TransferLine.TimeLeft(counts.BytesTotal - bytes, speed) is { Length: > 0 } left ? $"{left} left" : null,
            JobText.Limit(run, time), counts.Failed > 0 ? $"{Quantity.Number(counts.Failed)} failed" : null,
        ];
        return screen.ErrorInk.Strong(DisplayText.Cut(string.Join(" · ", parts.OfType<string>()), screen.ErrorWidth - 1));
    }

    private void Forget(RunningItemSnapshot[] files)
    {
        if (_speeds.Count <= files.Length) return;
        var there = files.Select(running => running.Item.Id).ToHashSet();
        foreach (var gone in _speeds.Keys.Where(item => !there.Contains(item)).ToArray()) _speeds.Remove(gone);
    }
}
