using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CivitaiDownloader.Sandbox.Samples;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Storage;

/// <summary>Makes and checks links in the form of pre-signed S3 addresses: good for one file and a limited time.</summary>
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
        return new(storage(), string.Create(CultureInfo.InvariantCulture,
            $"/model/{file.Id}/object?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=sandbox%2F{serial}%2Fauto%2Fs3%2Faws4_request&X-Amz-Date={made}&X-Amz-Expires={seconds}&X-Amz-SignedHeaders=host&response-content-disposition={disposition}&X-Amz-Signature={Sign(file.Id, made, seconds, serial)}"));
    }

    public bool IsGood(int fileId, IQueryCollection query)
    {
        string made = query["X-Amz-Date"].ToString(), signature = query["X-Amz-Signature"].ToString();
        return long.TryParse(query["X-Amz-Expires"], CultureInfo.InvariantCulture, out var seconds)
            && query["X-Amz-Credential"].ToString().Split('/') is [_, var text, ..] && long.TryParse(text, CultureInfo.InvariantCulture, out var serial)
            && signature == Sign(fileId, made, seconds, serial) && !_revoked.ContainsKey(signature)
            && time.GetUtcNow() < DateTimeOffset.ParseExact(made, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).AddSeconds(seconds);
    }

    public void Revoke(IQueryCollection query) => _revoked[query["X-Amz-Signature"].ToString()] = true;

    private string Sign(int fileId, string made, long seconds, long serial) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{fileId}:{made}:{seconds}:{serial}"))));
}
