namespace CivitaiDownloader.Primitives;

/// <summary>An address as it may be shown: scheme, host, port and path. The query, where signatures and tokens live, and user info never print.</summary>
public readonly record struct RedactedUri(Uri Address)
{
    public override string ToString()
    {
        if (Address is null) return "";
        if (!Address.IsAbsoluteUri) return "[relative address]";
        var shown = $"{Address.Scheme}://{(Address.HostNameType == UriHostNameType.IPv6 ? $"[{Address.IdnHost}]" : Address.IdnHost)}{(Address.IsDefaultPort ? "" : $":{Address.Port}")}{Address.AbsolutePath}";
        return Address.Query.Length > 1 ? shown + "?[redacted]" : shown;
    }
}
