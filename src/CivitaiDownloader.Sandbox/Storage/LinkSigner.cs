using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CivitaiDownloader.Sandbox.Samples;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Storage;

/// <summary>
/// Makes and checks links, each good for one file and a limited time: in the form of pre-signed S3 addresses, as of R2, or with one opaque word of
/// authorisation, as of B2 (civitai-api 8.7). Which of them a file has is its store's business; a client must not care.
/// </summary>
internal sealed class LinkSigner(Func<Uri> storage, TimeSpan lifetime, TimeProvider time)
{
    private const string DateForm = "yyyyMMdd'T'HHmmss'Z'";

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, bool> _revoked = new();
    private long _serial;

    public Uri For(SampleFile file)
    {
        var made = time.GetUtcNow().ToString(DateForm, CultureInfo.InvariantCulture);
        var seconds = (long)lifetime.TotalSeconds;
        var serial = Interlocked.Increment(ref _serial); // no two links are the same, so that one can expire alone
        var disposition = Uri.EscapeDataString($"attachment; filename=\"{file.Name}\"");
        var signature = Sign(file.Id, made, seconds, serial);
        return new(storage(), file.IsOnB2
            ? string.Create(CultureInfo.InvariantCulture, $"/file/civitai-modelfiles/model/{file.Id}/object?Authorization=3_{made}_{seconds}_{serial}_{signature}&b2ContentDisposition={disposition}")
            : string.Create(CultureInfo.InvariantCulture,
                $"/model/{file.Id}/object?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=sandbox%2F{serial}%2Fauto%2Fs3%2Faws4_request&X-Amz-Date={made}&X-Amz-Expires={seconds}&X-Amz-SignedHeaders=host&response-content-disposition={disposition}&X-Amz-Signature={signature}"));
    }

    public bool IsGood(int fileId, IQueryCollection query) => Read(query) is { } grant
        && grant.Signature == Sign(fileId, grant.Made, grant.Seconds, grant.Serial) && !_revoked.ContainsKey(grant.Signature)
        && time.GetUtcNow() < DateTimeOffset.ParseExact(grant.Made, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).AddSeconds(grant.Seconds);

    public void Revoke(IQueryCollection query)
    {
        if (Read(query) is { } grant) _revoked[grant.Signature] = true;
    }

    private static Grant? Read(IQueryCollection query)
    {
        if (query["Authorization"].ToString().Split('_') is ["3", var date, var life, var number, var word]) return Grant.Of(date, life, number, word);
        return query["X-Amz-Credential"].ToString().Split('/') is [_, var serial, ..] ? Grant.Of(query["X-Amz-Date"].ToString(), query["X-Amz-Expires"].ToString(), serial, query["X-Amz-Signature"].ToString()) : null;
    }

    private string Sign(int fileId, string made, long seconds, long serial) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{fileId}:{made}:{seconds}:{serial}"))));

    private sealed record Grant(string Made, long Seconds, long Serial, string Signature)
    {
        public static Grant? Of(string made, string seconds, string serial, string signature) =>
            long.TryParse(seconds, CultureInfo.InvariantCulture, out var life) && long.TryParse(serial, CultureInfo.InvariantCulture, out var number) ? new(made, life, number, signature) : null;
    }
}
