using System.Globalization;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Storage;

/// <summary>A file as the store has it for one request: its bytes of today, what is said about them, and what of that is a lie.</summary>
internal sealed record StoredFile(SampleFile File, SampleContent Content, string Tag, string Modified)
{
    private const int MissingOfWrongLength = 1000;

    /// <summary>The length that is told: what the file has, but for a fault.</summary>
    public long AnnouncedBytes { get; private init; }
    public bool IgnoresRanges { get; private init; }
    public bool HidesLength { get; private init; }
    public bool HidesValidators { get; private init; }
    public bool ClaimsGzip { get; private init; }

    /// <summary>How far the Content-Range is off.</summary>
    public long RangeShift { get; private init; }

    /// <summary>Bytes that follow the end of what was announced.</summary>
    public long OverrunBytes { get; private init; }

    public static StoredFile Of(SampleFile file, int changes, FaultBoard faults, FaultRequest request)
    {
        var content = changes == 0 ? file.Content : new GeneratedContent((ulong)(file.Id + changes), file.Content.Length);
        var extra = faults.Take(FaultKind.TooLong, request)?.Amount ?? 0;
        // A host that announces more than it has does so in every answer, and has nothing to send beyond.
        var missing = faults.Take(FaultKind.TooShort, request)?.Amount ?? (file.Id / 100 == SampleIds.WrongLength ? MissingOfWrongLength : 0);
        var overrun = faults.Take(FaultKind.Overrun, request)?.Amount ?? 0;
        var length = content.Length + extra;
        return new(file, extra + overrun == 0 ? content : new PaddedContent(content, extra + overrun), $"\"{file.Id:x}-{changes:x}-{length:x}\"",
            new DateTimeOffset(2026, 3, 1, 0, 0, changes % 60, TimeSpan.Zero).ToString("R", CultureInfo.InvariantCulture))
        {
            AnnouncedBytes = length + missing,
            OverrunBytes = overrun,
            IgnoresRanges = faults.Take(FaultKind.IgnoreRange, request) is not null,
            HidesLength = faults.Take(FaultKind.NoLength, request) is not null,
            HidesValidators = faults.Take(FaultKind.NoValidator, request) is not null,
            ClaimsGzip = faults.Take(FaultKind.Encoded, request) is not null,
            RangeShift = faults.Take(FaultKind.WrongRange, request)?.Amount ?? 0,
        };
    }

    /// <summary>The headers that do not depend on the range.</summary>
    public void Describe(HttpResponse response)
    {
        response.ContentType = "application/octet-stream";
        response.Headers.AcceptRanges = "bytes";
        response.Headers.ContentDisposition = $"attachment; filename=\"{HeaderText(File.Name)}\"";
        if (ClaimsGzip) response.Headers.ContentEncoding = "gzip";
        if (HidesValidators) return;
        response.Headers.ETag = Tag;
        response.Headers.LastModified = Modified;
    }

    // Raw UTF-8 in the quoted form, as the real hosts send it; only what would end the header is taken out.
    private static string HeaderText(string name) => new([.. name.Where(c => c is not '"' && !char.IsControl(c))]);
}
