using System.Diagnostics;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Drift;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Tests.Catalog;

namespace CivitaiDownloader.Bench;

/// <summary>How fast pages of the API become typed records, with what is new in them counted as in the program, and what each model allocates.</summary>
internal static class PageReading
{
    private const int ModelsOnAPage = 100;
    private const int Pages = 4;
    private const int WarmUp = 64;

    public static (double MiBPerSecond, long BytesPerModel) Measure(TimeSpan duration)
    {
        var pages = Enumerable.Range(1, Pages).Select(seed => SampleAnswers.Page(seed, ModelsOnAPage)).ToArray();
        for (var i = 0; i < WarmUp; i++) Read(pages[i % Pages]); // the runtime compiles for good what has run often
        var (bytes, models) = (0L, 0L);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();
        for (var round = 0; clock.Elapsed < duration; round++)
        {
            models += Read(pages[round % Pages]);
            bytes += pages[round % Pages].Length;
        }

        var took = clock.Elapsed;
        return (bytes / took.TotalSeconds / (1 << 20), (GC.GetTotalAllocatedBytes(precise: true) - allocated) / Math.Max(1, models));
    }

    private static int Read(byte[] page)
    {
        var context = new ReadingContext(new(ApiEndpoint.Models, DateTimeOffset.UnixEpoch), new DriftTally()) { Body = page };
        var read = PageReader.Read(page, context);
        return read.Skipped == 0 && context.Drift!.Counts.Count == 0 ? read.Items.Count : throw new InvalidOperationException("The pages of the benchmark are not read whole.");
    }
}
