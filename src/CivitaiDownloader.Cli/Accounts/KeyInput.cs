using System.Text;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Accounts;

/// <summary>Takes a key from standard input, or from somebody at a terminal without showing it.</summary>
internal static class KeyInput
{
    private const int MostBytes = 4096;

    /// <exception cref="UsageException">There is none, or it is not one.</exception>
    public static async Task<SecretString> ReadAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        var text = Console.IsInputRedirected ? await ReadPipeAsync(cancellationToken) : await HiddenPrompt.AskAsync($"API key for {endpoint.Authority} (it is not shown): ", cancellationToken);
        try
        {
            return ApiKey.Parse(text.TrimStart('\uFEFF')) ?? throw AccountErrors.NoKeyGiven();
        }
        catch (FormatException mistake)
        {
            throw AccountErrors.NotAKey(mistake);
        }
    }

    private static async Task<string> ReadPipeAsync(CancellationToken cancellationToken)
    {
        await using var input = Console.OpenStandardInput();
        var bytes = new byte[MostBytes + 1];
        var length = await input.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length > MostBytes ? throw AccountErrors.KeyTooLong(MostBytes) : Encoding.UTF8.GetString(bytes, 0, length);
    }
}
