using System.IO.Hashing;
using System.Text;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;
using SharpCompress.Readers;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Judges the members of a RAR archive: stored ones where they lie, packed ones in one pass, since each may need what came before.</summary>
internal sealed class RarMembers(ScanItem item, ScanState state, RarCatalogue catalogue)
{
    private const int LongestTarget = 4_096, SetUserOrGroupId = 0xc00;

    public void Judge()
    {
        var names = new MemberSet(item, state);
        foreach (var member in catalogue.Members)
        {
            state.CountMember();
            JudgeHeader(member, names);
        }

        foreach (var member in catalogue.Members.Where(member => member.IsStored && IsExamined(member))) JudgeStored(member);
        if (catalogue.IsVolume || catalogue.Members.Any(member => member.IsSplit)) state.Report(ArchiveRules.NotExamined, item, "it is one of several volumes, and its members go on in others", 0);
        else if (catalogue.Members.Any(member => !member.IsStored && IsExamined(member))) state.Guard(item, JudgePacked);
    }

    private static bool IsExamined(RarMember member) => !member.IsFolder && !member.IsEncrypted && !member.IsSplit && member.Target is null;

    private void JudgeHeader(RarMember member, MemberSet names)
    {
        MemberNames.Check(member.Name, item, state, member.Offset);
        names.Add(member.Name, member.IsFolder ? MemberKind.Folder : member.IsSymbolicLink ? MemberKind.Link : MemberKind.File, member.Offset);
        if (member is { Target: { } target, IsHardLink: true }) MemberLink.CheckHard(member.Name, target, item, state, member.Offset);
        else if (member.Target is { } other) MemberLink.CheckSymbolic(member.Name, other, item, state, member.Offset);
        if (member.IsEncrypted) state.Report(ArchiveRules.Encrypted, item, $"{MemberNames.Shown(member.Name)} is encrypted", member.Offset);
        if ((member.Mode & 0xf000) is 0x2000 or 0x6000) MemberLink.CheckSpecial(member.Name, "a device", item, state, member.Offset);
        if ((member.Mode & 0xf000) == 0x1000) MemberLink.CheckSpecial(member.Name, "a pipe", item, state, member.Offset);
        if (!member.IsFolder && (member.Mode & SetUserOrGroupId) != 0) state.Report(ArchiveRules.SetUserId, item, $"{MemberNames.Shown(member.Name)} runs with the rights of its owner, whoever starts it", member.Offset);
        if ((member.IsFolder || member.Target is not null) && member.PackedBytes > 0) Leftover.Check(item, state, member.DataStart, member.PackedBytes, "in a folder's or link's record", LeftoverTolerance.Padding);
    }

    private void JudgeStored(RarMember member)
    {
        if (member.UnpackedBytes is { } bytes && bytes != member.PackedBytes) state.Report(CoreRules.Unreadable, item, $"{MemberNames.Shown(member.Name)} is stored in {member.PackedBytes} bytes and is to be {bytes}", member.Offset);
        var content = item.Source.Slice(member.DataStart, member.PackedBytes);
        if (member.Checksum is { } checksum && StoredChecksum.Differs(content, checksum, state)) Differs(member);
        Inspect(member, content);
    }

    // The library meets the members in the order of the headers. Nothing it says of them is used.
    private void JudgePacked()
    {
        DecoderMemory.Allowed(catalogue.Members.Max(member => member.IsStored ? 0 : member.DictionaryBytes), state);
        using var stream = new SourceStream(item.Source);
        using var reader = SharpCompress.Readers.Rar.RarReader.OpenReader(stream, new ReaderOptions { LeaveStreamOpen = true });
        foreach (var member in catalogue.Members)
        {
            if (!reader.MoveToNextEntry()) throw new UnreadableException("its decoder sees fewer members than there are", member.Offset);
            if (!member.IsStored && IsExamined(member) && !state.IsSpent) JudgePacked(member, reader);
        }
    }

    private void JudgePacked(RarMember member, IReader reader)
    {
        var sum = new Crc32();
        using var packed = reader.OpenEntryStream();
        using var content = Unpack(member, packed, sum);
        if (member.UnpackedBytes is { } bytes && bytes != content.Length) state.Report(CoreRules.Unreadable, item, $"{MemberNames.Shown(member.Name)} is {content.Length} bytes long and is to be {bytes}", member.Offset);
        if (member.Checksum is { } checksum && sum.GetCurrentHashAsUInt32() != checksum) Differs(member);
        Inspect(member, content);
    }

    private UnpackedSource Unpack(RarMember member, Stream packed, Crc32 sum)
    {
        try
        {
            using var watched = new AllocationWatch(packed, state);
            return UnpackedSource.Unpack(watched, state, bytes => sum.Append(bytes.Span));
        }
        catch (Exception failed) when (failed is not (OperationCanceledException or SourceUnavailableException or BudgetExceededException or OutOfMemoryException))
        {
            throw new UnreadableException($"{MemberNames.Shown(member.Name)} does not unpack: {failed.Message}", member.Offset);
        }
    }

    private void Inspect(RarMember member, ScanSource content)
    {
        if (member.IsSymbolicLink) MemberLink.CheckSymbolic(member.Name, Encoding.UTF8.GetString(content.Peek(0, LongestTarget)), item, state, member.Offset);
        else state.Inspect(item.Part(content, member.Name));
    }

    private void Differs(RarMember member) => state.Report(CoreRules.Unreadable, item, $"the checksum of {MemberNames.Shown(member.Name)} is not that of its content", member.Offset);
}
