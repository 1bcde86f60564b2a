using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Rendering.Pictures;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Jobs;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Info;

internal enum PreviewUse
{
    /// <summary>Where the terminal draws pictures.</summary>
    Auto,

    /// <summary>Say so where it does not.</summary>
    Always,
    Never,
}

/// <summary>Draws a version's first picture: one rated for everyone, unless others are asked for.</summary>
internal sealed class InfoPicture(Screen screen, CliServices services)
{
    private const int Width = 450; // of the copy that is fetched, in pixels
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150); // a terminal on this machine answers in one or two
    private static readonly TimeSpan Insistence = TimeSpan.FromSeconds(2);

    public async Task DrawAsync(ModelVersion version, PreviewUse use, bool allRatings, CancellationToken cancellationToken)
    {
        if (use == PreviewUse.Never || (use == PreviewUse.Auto && Console.IsOutputRedirected)) return;
        if (version.Images.FirstOrDefault(image => image.IsStill && (allRatings || image.IsSafeForWork)) is not { } image)
        {
            if (use == PreviewUse.Always) screen.Warn("No picture is drawn: the version has none" + (allRatings ? "." : " that is rated for everyone; --nsfw takes any."));
            return;
        }

        var protocol = await ProtocolAsync(use, cancellationToken);
        if (protocol != PictureProtocol.None) await DrawAsync(image.AtWidth(Width), protocol, use, cancellationToken);
        else if (use == PreviewUse.Always) screen.Warn("No picture is drawn: this terminal does not say that it draws any (kitty, ghostty, iTerm2, WezTerm, Konsole, mintty, rio, foot, and what answers for sixel do).");
    }

    private async Task DrawAsync(Uri address, PictureProtocol protocol, PreviewUse use, CancellationToken cancellationToken)
    {
        try
        {
            var picture = await services.Get<PreviewPictures>().FetchAsync(address, cancellationToken);
            TerminalPictures.Draw(protocol, picture.Bytes, picture.Extension == ".png", screen.Width, screen.Output, services.Time);
        }
        catch (PictureException skipped)
        {
            if (use == PreviewUse.Always) screen.Warn($"No picture is drawn: {skipped.Message}.");
        }
        catch (CivitaiDownloaderException failure)
        {
            screen.Warn($"The picture could not be fetched: {failure.Message}.");
        }
    }

    private async Task<PictureProtocol> ProtocolAsync(PreviewUse use, CancellationToken cancellationToken)
    {
        var known = TerminalPictures.Detect(Environment.GetEnvironmentVariable);
        if (known != PictureProtocol.None || !TerminalPictures.MayBeAsked(Environment.GetEnvironmentVariable)) return known;
        if (use == PreviewUse.Auto && TerminalPictures.IsFar(Environment.GetEnvironmentVariable)) return PictureProtocol.None;
        var patience = use == PreviewUse.Always ? Insistence : Patience;
        return await TerminalQuestion.HasSixelAsync(patience, services.Time, cancellationToken) ? PictureProtocol.Sixel : PictureProtocol.None;
    }
}
