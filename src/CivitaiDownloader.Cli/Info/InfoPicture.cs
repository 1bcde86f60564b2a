using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Jobs;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Info;

internal enum PreviewUse
{
    /// <summary>Where the terminal is known to draw pictures.</summary>
    Auto,

    /// <summary>Say so where it is not.</summary>
    Always,
    Never,
}

/// <summary>Draws a version's first picture: one rated for everyone, unless others are asked for.</summary>
internal sealed class InfoPicture(Screen screen, CliServices services)
{
    private const int Width = 450; // of the copy that is fetched, in pixels

    public async Task DrawAsync(ModelVersion version, PreviewUse use, bool allRatings, CancellationToken cancellationToken)
    {
        if (use == PreviewUse.Never || (use == PreviewUse.Auto && Console.IsOutputRedirected)) return;
        var protocol = TerminalPictures.Detect(Environment.GetEnvironmentVariable);
        if (protocol == PictureProtocol.None)
        {
            if (use == PreviewUse.Always) screen.Warn("No picture is drawn: this terminal is not known to draw any (kitty, ghostty, iTerm2, WezTerm, Konsole, mintty and rio are).");
            return;
        }

        if (version.Images.FirstOrDefault(image => image.IsStill && (allRatings || image.IsSafeForWork)) is not { } image)
        {
            if (use == PreviewUse.Always) screen.Warn("No picture is drawn: the version has none" + (allRatings ? "." : " that is rated for everyone; --nsfw takes any."));
            return;
        }

        try
        {
            var picture = await services.Get<PreviewPictures>().FetchAsync(image.AtWidth(Width), cancellationToken);
            if (!TerminalPictures.TryDraw(protocol, picture.Bytes, picture.Extension == ".png", screen.Output) && use == PreviewUse.Always)
                screen.Warn($"No picture is drawn: this terminal takes PNG only, and the picture is {picture.Extension[1..]}.");
        }
        catch (CivitaiDownloaderException failure)
        {
            screen.Warn($"The picture could not be fetched: {failure.Message}.");
        }
    }
}
