using System.Runtime.CompilerServices;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Rendering;

namespace CivitaiDownloader.Cli.Search;

/// <summary>One line on a terminal while a long list is read for the few models that fit. It is gone before the next row is printed.</summary>
internal sealed class ScanProgress(SearchReport report, Screen screen, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    private int _shown;

    public async IAsyncEnumerable<Model> WatchAsync(IAsyncEnumerable<Model> models, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var each = models.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            var next = each.MoveNextAsync().AsTask();
            if (!next.IsCompleted && screen.ShowsProgress) await ShowUntilAsync(next);
            if (!await next) yield break;
            yield return each.Current;
        }
    }

    private async Task ShowUntilAsync(Task work)
    {
        var start = time.GetTimestamp();
        using var ticks = new PeriodicTimer(Every, time);
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, ticks.WaitForNextTickAsync().AsTask());
            if (!work.IsCompleted && time.GetElapsedTime(start) > Patience) Show($"  looked at {Quantity.Number(report.LookedAt)}, {Quantity.Number(report.Found)} fit …");
        }

        if (_shown > 0) Show("");
    }

    private void Show(string text)
    {
        screen.Error.Write($"\r{text.PadRight(_shown)}{(text.Length == 0 ? "\r" : "")}");
        screen.Error.Flush();
        _shown = text.Length;
    }
}
