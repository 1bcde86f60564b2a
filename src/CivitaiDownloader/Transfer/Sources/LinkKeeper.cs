namespace CivitaiDownloader.Transfer.Sources;

/// <summary>Holds the current link and asks for a fresh one when it is refused; gives up when links are refused in a row without a byte between.</summary>
internal sealed class LinkKeeper(IOrigin origin)
{
    /// <summary>Fresh links asked for in a row, without a byte between them, before a refusal is believed.</summary>
    public const int MostRefusals = 3;

    private Uri? _link;
    private int _refusals;

    public bool MayRenew(int mostRefusals) => _refusals < mostRefusals;

    public async ValueTask<Uri> GetAsync(CancellationToken cancellationToken) =>
        _link ??= await origin.GetLinkAsync(_refusals == 0 ? LinkNeed.Any : LinkNeed.Fresh, cancellationToken);

    public void Refused()
    {
        _link = null;
        _refusals++;
    }

    public void Worked() => _refusals = 0;
}
