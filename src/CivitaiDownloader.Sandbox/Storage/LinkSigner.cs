using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Storage;

/// <summary>Makes and checks links in the form of pre-signed S3 addresses: good for one file and 24 hours.</summary>
internal sealed class LinkSigner(Func<Uri> storage, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, bool> _revoked = new();
    private long _serial;

    public Uri For(SampleFile file)
    {
        var until = time.GetUtcNow().Add(Lifetime).ToUnixTimeMilliseconds();
        var serial = Interlocked.Increment(ref _serial);
        return new(storage(), string.Create(CultureInfo.InvariantCulture,
            $"/model/{file.Id}/object?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&until={until}&serial={serial}&X-Amz-Signature={Sign(file.Id, until, serial)}"));
    }

    public bool IsGood(int fileId, Microsoft.AspNetCore.Http.IQueryCollection query)
    {
        string signature = query["X-Amz-Signature"].ToString();
        return long.TryParse(query["until"], out var until) && long.TryParse(query["serial"], out var serial)
            && signature == Sign(fileId, until, serial) && !_revoked.ContainsKey(signature) && time.GetUtcNow().ToUnixTimeMilliseconds() < until;
    }

    public void Revoke(Microsoft.AspNetCore.Http.IQueryCollection query) => _revoked[query["X-Amz-Signature"].ToString()] = true;

    private string Sign(int fileId, long until, long serial) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{fileId}:{until}:{serial}"))));
}
