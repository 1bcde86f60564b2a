using System.Xml;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>What makes an SVG drawing act: scripts, handlers, frames, content from elsewhere; foreign objects only by what is in them. Read as XML, since names may bear any prefix.</summary>
internal static class ActiveDrawing
{
    private const int MostCharacters = 16 << 20, DeepestElement = 500;

    // The document type is passed over: entities it defines are then unknown, and end as broken content.
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersInDocument = MostCharacters, IgnoreComments = true };

    public static void Check(ScanItem item, ScanState state)
    {
        using var reader = XmlReader.Create(new SourceStream(item.Source), Settings);
        try
        {
            while (reader.Read())
            {
                if (reader.Depth > DeepestElement) throw new UnreadableException($"more than {DeepestElement} elements deep", 0);
                if (reader.NodeType == XmlNodeType.ProcessingInstruction && reader.Name.Equals("xml-stylesheet", StringComparison.OrdinalIgnoreCase)) ActiveMarkup.Report(item, state, "a style sheet from elsewhere");
                if (reader.NodeType != XmlNodeType.Element || Find(reader) is not { } found) continue;
                ActiveMarkup.Report(item, state, found);
                return;
            }
        }
        catch (XmlException broken)
        {
            throw new UnreadableException($"not XML: line {broken.LineNumber}, column {broken.LinePosition}", 0);
        }
    }

    private static string? Find(XmlReader reader)
    {
        var element = reader.LocalName.ToLowerInvariant();
        if (element is "script" or "iframe" or "object" or "embed" or "handler" or "listener") return element;
        while (reader.MoveToNextAttribute())
        {
            var name = reader.LocalName.ToLowerInvariant();
            var value = reader.Value.AsSpan().TrimStart();
            if (name.StartsWith("on", StringComparison.Ordinal) && name.Length > 4) return name;
            if (IsScript(value)) return $"{name}=javascript:";
            if (name is "href" or "src" && element is not "a" && IsElsewhere(value)) return $"{name} to elsewhere";
        }

        return null;
    }

    private static bool IsScript(ReadOnlySpan<char> value) => StartsWith(value, "javascript:") || StartsWith(value, "vbscript:") || StartsWith(value, "data:text/html") || StartsWith(value, "data:image/svg") || StartsWith(value, "data:application/");

    private static bool IsElsewhere(ReadOnlySpan<char> value) => StartsWith(value, "http:") || StartsWith(value, "https:") || StartsWith(value, "//") || StartsWith(value, "file:") || StartsWith(value, @"\\") || StartsWith(value, "ftp:");

    // Browsers pass over line ends and tabs inside of an address's beginning.
    private static bool StartsWith(ReadOnlySpan<char> value, string start)
    {
        var at = 0;
        foreach (var character in value)
        {
            if (character is '\r' or '\n' or '\t') continue;
            if (char.ToLowerInvariant(character) != start[at]) return false;
            if (++at == start.Length) return true;
        }

        return false;
    }
}
