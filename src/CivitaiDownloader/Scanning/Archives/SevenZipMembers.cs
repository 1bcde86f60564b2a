using System.IO.Hashing;
using System.Text;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Judges the members of a 7z archive: names first, then contents folder by folder, each folder unpacked once from front to back.</summary>
internal sealed class SevenZipMembers(ScanItem item, ScanState state, SevenZipCatalogue catalogue)
{
    private const int LongestTarget = 4_096, SetUserOrGroupId = 0xc00;

    // Setting up a decoder costs more than a few bytes are worth.
    private const int MostFolders = 500;

    public void Judge()
    {
        var names = new MemberSet(item, state);
        var withContent = new Queue<(SevenZipMember Member, int Place)>();
        for (var place = 0; place < catalogue.Members.Count; place++)
        {
            state.CountMember();
            var member = catalogue.Members[place];
            JudgeName(member, place, names);
            if (member.HasStream) withContent.Enqueue((member, place));
        }

        if (catalogue.Streams.Folders.Count > MostFolders + (item.Source.Length / 4_096)) throw new BudgetExceededException(CoreRules.Limit, $"{catalogue.Streams.Folders.Count} streams to unpack");
        for (var folder = 0; folder < catalogue.Streams.Folders.Count && !state.IsSpent; folder++)
        {
            var contents = catalogue.Streams.Contents[folder];
            var members = contents.Select(content => withContent.TryDequeue(out var next) ? (next.Member, next.Place, content.Size, content.Checksum) : throw new UnreadableException("more contents than members", 0)).ToArray();
            state.Guard(item, () => JudgeFolder(catalogue.Streams.Folders[folder], members));
        }

        if (withContent.Count > 0 && !state.IsSpent) state.Report(CoreRules.Unreadable, item, $"{withContent.Count} members have no content where they should");
    }

    // The place in the list stands for an offset: headers may be packed.
    private void JudgeName(SevenZipMember member, int place, MemberSet names)
    {
        MemberNames.Check(member.Name, item, state, place);
        names.Add(member.Name, member.IsFolder ? MemberKind.Folder : member.IsLink ? MemberKind.Link : MemberKind.File, place);
        if (member.IsAnti) state.Report(CoreRules.Unreadable, item, $"{MemberNames.Shown(member.Name)} is there to delete a file", place);
        if (member.HasStream && member.SaysFolder && !member.IsLink) state.Report(CoreRules.Unreadable, item, $"{MemberNames.Shown(member.Name)} is a folder with content", place);
        if (member.UnixKind is 0x2000 or 0x6000) MemberLink.CheckSpecial(member.Name, "a device", item, state, place);
        if (member.UnixKind is 0x1000) MemberLink.CheckSpecial(member.Name, "a pipe", item, state, place);
        if (!member.IsFolder && (member.UnixMode & SetUserOrGroupId) != 0) state.Report(ArchiveRules.SetUserId, item, $"{MemberNames.Shown(member.Name)} runs with the rights of its owner, whoever starts it", place);
    }

    private void JudgeFolder(SevenZipFolder folder, (SevenZipMember Member, int Place, long Size, uint? Checksum)[] contents)
    {
        if (contents.Length == 0) return;
        if (folder.IsEncrypted)
        {
            state.Report(ArchiveRules.Encrypted, item, $"{MemberNames.Shown(contents[0].Member.Name)} and {contents.Length - 1} more members are encrypted", contents[0].Place);
            return;
        }

        if (folder.IsStored) JudgeStored(folder, contents);
        else JudgePacked(folder, contents);
    }

    private void JudgeStored(SevenZipFolder folder, (SevenZipMember Member, int Place, long Size, uint? Checksum)[] contents)
    {
        var (start, bytes) = folder.Packed[0];
        if (bytes != folder.UnpackedSize) throw new UnreadableException($"{bytes} stored bytes are to be {folder.UnpackedSize}", start);
        foreach (var (member, place, size, checksum) in contents)
        {
            var content = item.Source.Slice(start, size);
            if (checksum is { } given && StoredChecksum.Differs(content, given, state)) Differs(member, place);
            Inspect(member, place, content);
            start += size;
        }
    }

    private void JudgePacked(SevenZipFolder folder, (SevenZipMember Member, int Place, long Size, uint? Checksum)[] contents)
    {
        using var decoder = SevenZipDecoder.Open(folder, item, state);
        foreach (var (member, place, size, checksum) in contents)
        {
            var sum = new Crc32();
            using var content = Unpack(new RunStream(decoder, size), sum, member);
            if (content.Length != size) throw new UnreadableException($"{MemberNames.Shown(member.Name)} ends after {content.Length} of {size} bytes", folder.Packed[0].Start);
            if (checksum is { } given && sum.GetCurrentHashAsUInt32() != given) Differs(member, place);
            Inspect(member, place, content);
        }
    }

    private UnpackedSource Unpack(RunStream run, Crc32 sum, SevenZipMember member)
    {
        try
        {
            return UnpackedSource.Unpack(run, state, bytes => sum.Append(bytes.Span));
        }
        catch (Exception failed) when (failed is not (OperationCanceledException or SourceUnavailableException or BudgetExceededException or InsufficientExecutionStackException or OutOfMemoryException))
        {
            throw new UnreadableException($"{MemberNames.Shown(member.Name)} does not unpack: {failed.Message}", 0);
        }
    }

    private void Inspect(SevenZipMember member, int place, ScanSource content)
    {
        if (member.IsLink) MemberLink.CheckSymbolic(member.Name, Encoding.UTF8.GetString(content.Peek(0, LongestTarget)), item, state, place);
        else state.Inspect(item.Part(content, member.Name));
    }

    private void Differs(SevenZipMember member, int place) => state.Report(CoreRules.Unreadable, item, $"the checksum of {MemberNames.Shown(member.Name)} is not that of its content", place);
}
