using System.Globalization;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Exporting;

/// <summary>A row for each item. The first columns are those that <c>job create --from</c> and <c>get -</c> read again.</summary>
internal static class JobCsv
{
    private static readonly string[] Columns = ["id", "version", "file", "name", "model", "status", "bytes", "sha256", "verified", "verdict", "path", "attempts", "bytes fetched", "started", "ended", "error", "message", "note"];

    public static async Task WriteAsync(IJobStore store, JobRecord job, TextWriter to, CancellationToken cancellationToken)
    {
        await to.WriteAsync(Csv.Row(Columns));
        await foreach (var item in store.AllItemsAsync(job.Id, new() { Most = int.MaxValue }, cancellationToken)) await to.WriteAsync(Csv.Row(Cells(item)));
    }

    private static IEnumerable<string> Cells(ItemRecord item)
    {
        var file = item.File;
        return
        [
            file.Model?.ToString() ?? "", file.Version.ToString(), file.File.ToString(), VisibleText.OneLine(file.FileName, 300), VisibleText.OneLine(file.ModelName, 300), ItemJson.Status(item.Status),
            Number(file.Bytes), item.Sha256 ?? "", item.IsVerified ? "yes" : "no", item.Verdict, item.Path ?? "", Number(item.Attempts), Number(item.BytesFetched),
            Moment(item.StartedAt), Moment(item.EndedAt), item.Status.IsDone ? "" : item.Error?.Code ?? "", item.Status.IsDone ? "" : item.Error?.Message ?? "", item.Note ?? "",
        ];
    }

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
