namespace CivitaiDownloader.Primitives;

/// <summary>Why a disk refused, without the path: messages name it themselves, and a long one would push the reason out of sight.</summary>
public static class DiskReason
{
    public static string Of(Exception refused)
    {
        var text = refused.Message;
        var quote = text.IndexOf('\'', StringComparison.Ordinal);
        if (quote < 0) return text;
        // "File name too long : '/a/b'" and "Access to the path '/a/b' is denied."
        var last = text.LastIndexOf('\'');
        var reason = text[..quote].TrimEnd(' ', ':') + (last > quote ? text[(last + 1)..] : "");
        return VisibleText.OneLine(reason.Replace("to the path is", "is", StringComparison.Ordinal).Replace("The file already exists", "a file of that name is in the way", StringComparison.Ordinal), 200).TrimEnd('.');
    }
}
