using CivitaiDownloader.Scanning.Checkpoints;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Programs;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Reads a zip archive from its directory and from its headers, requires that both tell the same story, and looks into every member. Checkpoints, Keras models and numpy's archives are such files.</summary>
internal sealed class ZipReader : IContentReader
{
    private const uint Link = 0xa000, File = 0x8000, Folder = 0x4000;
    private const uint SetId = 0x0c00;
    private const int LongestTarget = 4096;

    public ContentKind Read(ScanItem item, ScanState state)
    {
        if (ZipDirectory.Find(item, state) is not { } directory)
        {
            state.Report(CoreRules.Unreadable, item, "the archive has no directory: it was cut off, or never had one", item.Source.Length);
            FrontToBack(item, state);
            return ContentKind.Zip;
        }

        var members = new ZipStory(item, state, directory).Compare();
        Leftover.Check(item, state, directory.End, item.Source.Length - directory.End, "behind the archive");
        CheckComment(item, state, directory);
        CheckNames(item, state, members);
        var names = members.ConvertAll(member => member.Listed.Name);
        if (names.Contains("[Content_Types].xml"))
        {
            OfficeParts.Check(names, item, state);
            InspectAll(item, state, members);
            return ContentKind.OfficeDocument;
        }

        if (CheckpointArchive.IsOne(names))
        {
            new CheckpointArchive(item, state, members).Inspect();
            return ContentKind.TorchZip;
        }

        InspectAll(item, state, members);
        if (names.Contains("config.json") && (names.Contains("model.weights.h5") || names.Contains("metadata.json"))) return ContentKind.KerasZip;
        return names.Count > 0 && names.TrueForAll(name => name.EndsWith(".npy", StringComparison.Ordinal)) ? ContentKind.Npz : ContentKind.Zip;
    }

    private static void InspectAll(ScanItem item, ScanState state, List<(ZipEntry Listed, ZipEntry? Header)> members)
    {
        foreach (var (listed, header) in members)
        {
            if (state.IsSpent) return;
            if (header is null || listed.IsFolder || IsNoFile(listed)) continue;
            ZipMember.Inspect(item, state, listed, header);
        }
    }

    // An archive whose directory is missing still has members for readers that go front to back.
    private static void FrontToBack(ScanItem item, ScanState state)
    {
        using var reader = new SourceReader(item.Source);
        for (long at = item.Source.Peek(0, 4) is [(byte)'P', (byte)'K', 7, 8] or [(byte)'P', (byte)'K', (byte)'0', (byte)'0'] ? 4 : 0; ZipEntry.ReadHeader(reader, at) is { } header;)
        {
            state.CountMember();
            if (header.HasDescriptor && header.PackedBytes == 0) return;
            MemberNames.Check(header.Name, item, state, at);
            if (!header.IsFolder) ZipMember.Inspect(item, state, header, header);
            at = header.DataAt + header.PackedBytes;
        }
    }

    private static void CheckComment(ScanItem item, ScanState state, ZipDirectory directory)
    {
        var end = Math.Min(directory.End, item.Source.Length);
        if (EmbeddedMarks.Find(item.Source, directory.CommentAt, end - directory.CommentAt) is { } hidden) state.Report(CoreRules.HiddenFile, item, $"the archive's comment holds {NamePromises.Word(hidden.Kind)}", hidden.Offset);
    }

    private static void CheckNames(ScanItem item, ScanState state, List<(ZipEntry Listed, ZipEntry? Header)> members)
    {
        var set = new MemberSet(item, state);
        foreach (var (listed, header) in members)
        {
            var at = listed.HeaderAt;
            MemberNames.Check(listed.Name, item, state, at);
            if (header is not null && header.Name != listed.Name) MemberNames.Check(header.Name, item, state, header.HeaderAt + 1);
            set.Add(listed.Name, listed.UnixType == Link ? MemberKind.Link : listed.IsFolder ? MemberKind.Folder : MemberKind.File, at);
            if (listed.UnixType == Link && header is not null) state.Guard(item, () => ZipMember.Read(item, state, listed, header, target => MemberLink.CheckSymbolic(listed.Name, System.Text.Encoding.UTF8.GetString(target.Peek(0, LongestTarget)), item, state, at)));
            else if (IsNoFile(listed)) MemberLink.CheckSpecial(listed.Name, "a device, a pipe or a socket", item, state, at);
            else if (((listed.Attributes >> 16) & SetId) != 0 && listed.UnixType == File) state.Report(ArchiveRules.SetUserId, item, $"{MemberNames.Shown(listed.Name)} takes its owner's rights when it runs", at);
        }
    }

    private static bool IsNoFile(ZipEntry entry) => entry.UnixType is not (0 or File or Folder) && entry.UnixType is Link or 0x1000 or 0x2000 or 0x6000 or 0xc000;
}
