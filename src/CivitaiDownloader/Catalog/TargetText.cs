using System.Text.RegularExpressions;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>
/// Targets as they may be kept and shown. People paste download addresses that hold their key (<c>?token=…</c>): it is cut out before the text goes
/// anywhere else (civitai-api 13).
/// </summary>
public static partial class TargetText
{
    /// <summary>The text without any <c>token=</c>, key or password in it.</summary>
    public static string WithoutSecrets(string text)
    {
        var clean = Secret().Replace(UserInfo().Replace(text, "://"), match => match.Groups[1].Value);
        return LooseEnd().Replace(DoubleMark().Replace(clean, "$1"), "");
    }

    /// <summary>For messages: without secrets, without what follows the question mark, harmless, on one line.</summary>
    internal static string Show(string text) => VisibleText.OneLine(WithoutSecrets(text).Split('?')[0], 120);

    // Also where the address was escaped once more on its way.
    [GeneratedRegex(@"([?&;#]|%3F|%26)(?:token|api_?key|key|access_token)(?:=|%3D)(?:(?!%26)[^&;#\s])*", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex(@"://[^/?#\s]*@")]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"([?&;#])&+")]
    private static partial Regex DoubleMark();

    [GeneratedRegex(@"(?:[?&;#]|%3F|%26)+(?=#|$)", RegexOptions.IgnoreCase)]
    private static partial Regex LooseEnd();
}
