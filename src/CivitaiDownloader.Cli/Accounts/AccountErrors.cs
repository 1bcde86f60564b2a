using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Accounts;

/// <summary>Every message about keys on one screen. None shows a key.</summary>
internal static class AccountErrors
{
    private const string MakeKey = "Make one at https://civitai.com/user/account";

    public static UsageException NoKeyGiven() => new("usage", "No key came on standard input")
    { Hint = $"{MakeKey}, then `civitai-dl login < FILE`, or `civitai-dl login` on a terminal and paste it. Nothing was stored." };

    public static UsageException KeyTooLong(int limit) => new("usage", $"What came on standard input is longer than {limit} bytes, and no key is")
    { Hint = "Give the key alone, on one line. Nothing was stored." };

    public static UsageException NotAKey(FormatException mistake) => new("usage", mistake.Message)
    { Hint = "Nothing was sent and nothing was stored." };

    public static CatalogException Rejected(Uri endpoint) => new(CatalogFault.KeyRejected, $"{endpoint.Authority} does not accept this key")
    { Hint = $"It is wrong, expired or revoked. {MakeKey} and run `civitai-dl login` again. Nothing was stored." };

    public static CatalogException NotSignedIn(Uri endpoint, IReadOnlyList<string> elsewhere) => new(CatalogFault.SignInRequired, $"No key is set for {endpoint.Authority}")
    { Hint = (elsewhere.Count == 0 ? "" : $"One is stored for {string.Join(", ", elsewhere)}, and goes nowhere else. ") + $"{MakeKey} and store it with `civitai-dl login`, or set CIVITAI_API_KEY." };

    public static CatalogException NoLongerAccepted(Uri endpoint, string from) => new(CatalogFault.KeyRejected, $"{endpoint.Authority} does not accept the key from {VisibleText.OneLine(from)}")
    { Hint = $"It is wrong, expired or revoked, or the account is banned. {MakeKey} and store it with `civitai-dl login`." };
}
