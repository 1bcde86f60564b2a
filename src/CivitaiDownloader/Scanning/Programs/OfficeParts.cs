using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Programs;

/// <summary>Parts of an office document that are programs, by their names inside the zip archive it is.</summary>
internal static class OfficeParts
{
    public static void Check(IReadOnlyCollection<string> memberNames, ScanItem item, ScanState state)
    {
        // Where a part is says the document's relations, so any folder will do; macro sheets are the older kind of macro (Excel 4).
        var macro = memberNames.FirstOrDefault(name => name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || name.Contains("macrosheets/", StringComparison.OrdinalIgnoreCase));
        if (macro is not null) state.Report(ProgramRules.OfficeMacro, item, "an office document with macros", element: macro);
    }
}
