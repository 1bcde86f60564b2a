using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Members that are no files: links, by where they lead, and devices.</summary>
internal static class MemberLink
{
    /// <summary>A symbolic link is followed from the folder it lies in.</summary>
    public static void CheckSymbolic(string name, string target, ScanItem item, ScanState state, long? offset = null)
    {
        var depth = name.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Count(part => part != ".") - 1;
        Tell(name, target, depth, item, state, offset);
    }

    /// <summary>A hard link names its target from the folder the archive is unpacked into.</summary>
    public static void CheckHard(string name, string target, ScanItem item, ScanState state, long? offset = null) => Tell(name, target, 0, item, state, offset);

    /// <param name="what">What the system would make: "a pipe", "a device".</param>
    public static void CheckSpecial(string name, string what, ScanItem item, ScanState state, long? offset = null) =>
        state.Report(ArchiveRules.SpecialFile, item, $"{MemberNames.Shown(name)} becomes {what}", offset, MemberNames.Shown(name));

    private static void Tell(string name, string target, int depth, ScanItem item, ScanState state, long? offset)
    {
        var rule = LeadsOut(target, depth) ? ArchiveRules.LinkOutside : ArchiveRules.Link;
        state.Report(rule, item, $"{MemberNames.Shown(name)} is a link to {MemberNames.Shown(target)}", offset, MemberNames.Shown(name));
    }

    // Steps up come first in what honest programs write. Behind a name they may lead elsewhere than they seem to, as that name may itself be a link.
    private static bool LeadsOut(string target, int depth)
    {
        var steps = target.Replace('\\', '/').Split('/').Where(step => step is not ("." or "")).ToArray();
        var up = steps.TakeWhile(step => step == "..").Count();
        return MemberNames.Anchor(target) is not null || up > depth || MemberNames.WayOut(string.Join('/', steps[up..])) is not null;
    }
}
