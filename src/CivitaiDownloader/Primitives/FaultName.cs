using System.Text;

namespace CivitaiDownloader.Primitives;

/// <summary>Turns a fault's name into the code programs read: <c>EarlyAccess</c> → <c>early-access</c>.</summary>
internal static class FaultName
{
    public static string ToCode(string name)
    {
        var code = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && code.Length > 0) code.Append('-');
            code.Append(char.ToLowerInvariant(letter));
        }

        return code.ToString();
    }
}
