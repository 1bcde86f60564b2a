namespace CivitaiDownloader.Cli.Rendering.Pictures;

/// <summary>A picture that is not drawn; the message is the end of a sentence that says so.</summary>
internal sealed class PictureException(string message) : Exception(message);
