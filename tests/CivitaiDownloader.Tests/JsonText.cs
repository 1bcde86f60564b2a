using System.Text.Json;
using System.Text.RegularExpressions;

namespace CivitaiDownloader.Tests;

internal static partial class JsonText
{
    /// <summary>A string of a JSON document, lone surrogates included, which the reader itself refuses.</summary>
    public static string Lenient(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Escape().Replace(element.GetRawText().Trim('"'), match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());
        }
    }

    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})")]
    private static partial Regex Escape();
}
