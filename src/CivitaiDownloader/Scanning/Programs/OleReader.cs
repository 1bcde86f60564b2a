using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Programs;

/// <summary>Documents and installers in the format of Office before 2007: judged by their name, and by the macros in them.</summary>
internal sealed class OleReader : IContentReader
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ".doc", ".dot", ".xls", ".xlt", ".xla", ".ppt", ".pps", ".pot", ".msi", ".msp", ".mst", ".msg", ".vsd", ".pub", ".mpp", ".one", ".wps", ".hwp", ".db", "",
    };

    public ContentKind Read(ScanItem item, ScanState state)
    {
        if (!Names.Contains(item.Extension))
        {
            state.Report(ProgramRules.OleDisguised, item, $"a Microsoft compound file under a name that ends in {item.Extension}", 0);
            return ContentKind.Ole;
        }

        if (OleDirectory.Names(item.Source).FirstOrDefault(IsMacro) is { } macro) state.Report(ProgramRules.OfficeMacro, item, "an office document with macros", element: macro);
        else state.Report(ProgramRules.OleDocument, item, "a document or installer in Microsoft's compound format", 0);
        return ContentKind.Ole;
    }

    // [MS-OVBA], section 2.2.1: the storage of a project, and the stream that each has.
    private static bool IsMacro(string name) => name.StartsWith("_VBA_PROJECT", StringComparison.OrdinalIgnoreCase) || name.Equals("VBA", StringComparison.OrdinalIgnoreCase) || name.Equals("Macros", StringComparison.OrdinalIgnoreCase);
}
