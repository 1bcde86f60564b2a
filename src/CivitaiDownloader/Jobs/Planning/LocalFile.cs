using System.Security.Cryptography;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>A file on this machine that serves as a target.</summary>
internal static class LocalFile
{
    /// <exception cref="LocalFileException">It cannot be read.</exception>
    /// <exception cref="LibraryException">It is no file.</exception>
    public static async Task<ContentHash> Sha256Async(string path, CancellationToken cancellationToken)
    {
        if (SpecialFile.Of(path) is { } kind) throw LibraryErrors.NotARegularFile(path, kind);
        try
        {
            await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan | FileOptions.Asynchronous);
            return ContentHash.Sha256(await SHA256.HashDataAsync(content, cancellationToken));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new LocalFileException($"'{VisibleText.OneLine(path)}' cannot be read: {VisibleText.OneLine(refused.Message)}", refused)
            { Hint = "Check that it is there and its permissions. It was not changed, and nothing was downloaded." };
        }
    }
}

public sealed class LocalFileException(string message, Exception inner) : CivitaiDownloaderException(message, inner)
{
    public override string Code => "file-unreadable";

    public override bool IsTransient => false;
}
