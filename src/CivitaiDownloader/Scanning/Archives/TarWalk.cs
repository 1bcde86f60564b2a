using System.Globalization;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>One way through a tar archive, header by header to its end.</summary>
internal sealed class TarWalk(ScanItem item, ScanState state, SourceReader reader)
{
    private const int Block = TarEntry.BlockBytes, SetUserId = 0x800, SetGroupId = 0x400;

    private readonly MemberSet _members = new(item, state);
    private readonly TarExtensions _extensions = new(item, state);

    public void Run()
    {
        while (reader.Remaining >= Block)
        {
            state.CancellationToken.ThrowIfCancellationRequested();
            var offset = reader.Position;
            var block = reader.ReadBytes(Block);
            if (!block.AsSpan().ContainsAnyExcept((byte)0))
            {
                End(offset);
                return;
            }

            if (!TarHeader.IsOne(block)) throw Lost(offset);
            Member(TarEntry.Read(block, offset), block);
        }

        // Two empty blocks end an archive; one is what a few old programs write. Without any it was cut off, or more once followed.
        state.Report(CoreRules.Unreadable, item, "the archive has no end: it was cut off", reader.Position);
        Leftover.Check(item, state, reader.Position, reader.Remaining, "behind the last member", LeftoverTolerance.Padding);
    }

    private void End(long offset)
    {
        if (_extensions.IsPending) state.Report(CoreRules.Unreadable, item, "the archive ends behind a record that speaks of a member", offset);
        Leftover.Check(item, state, offset, reader.Length - offset, "behind the end of the archive", LeftoverTolerance.Padding);
    }

    // A lenient reader looks for the next header: so the rest is judged as an archive of its own would be.
    private UnreadableException Lost(long offset)
    {
        Leftover.Check(item, state, offset, reader.Length - offset, "where the next header should be", LeftoverTolerance.Padding);
        return new UnreadableException("what stands where the next header should be is none", offset);
    }

    private void Member(TarEntry header, byte[] block)
    {
        state.CountMember();
        if (!header.HasChecksum) state.Report(CoreRules.Unreadable, item, "the checksum of a header is wrong", header.Offset);
        if (header.HasDoubtfulPrefix) Doubt(header, "a header that continues its name for some readers only");
        if (header.IsExtension)
        {
            var start = reader.Position;
            _extensions.Read(header, reader);
            Pad(header.Size, start);
            return;
        }

        var entry = _extensions.Applied(header);
        var map = entry.Type == 'S' ? TarSparse.OfHeader(block, reader, entry.Offset) : ((List<(long, long)> Runs, long Length)?)null;
        Judge(entry, map);
        _extensions.Forget();
    }

    private void Judge(TarEntry entry, (List<(long Offset, long Bytes)> Runs, long Length)? map)
    {
        var kind = entry.IsFolder ? MemberKind.Folder : entry.Type is '2' ? MemberKind.Link : MemberKind.File;
        if (entry.Type != 'V') // a label, which is no member
        {
            MemberNames.Check(entry.Name, item, state, entry.Offset);
            _members.Add(entry.Name, kind, entry.Offset);
        }

        Special(entry);
        if (HasNoContent(entry) && entry.Size > 0)
        {
            Doubt(entry, "a link, folder or device with content: some readers pass over it, others read members in it");
            if (HasHeaderAt(reader.Position)) return; // older programs give a hard link its target's size and write nothing
        }

        Content(entry, map);
    }

    private void Special(TarEntry entry)
    {
        switch (entry.Type)
        {
            case '1':
                MemberLink.CheckHard(entry.Name, entry.LinkName, item, state, entry.Offset);
                break;
            case '2':
                MemberLink.CheckSymbolic(entry.Name, entry.LinkName, item, state, entry.Offset);
                break;
            case '3' or '4':
                MemberLink.CheckSpecial(entry.Name, "a device", item, state, entry.Offset);
                break;
            case '6':
                MemberLink.CheckSpecial(entry.Name, "a pipe", item, state, entry.Offset);
                break;
            case '\0' or '0' or '5' or '7' or 'D' or 'S' or 'V':
                break;
            default:
                state.Report(CoreRules.Unreadable, item, $"a member of the unknown type {(int)entry.Type}", entry.Offset);
                break;
        }

        if (!entry.IsFolder && (entry.Mode & (SetUserId | SetGroupId)) != 0) state.Report(ArchiveRules.SetUserId, item, $"{MemberNames.Shown(entry.Name)} runs with the rights of its owner, whoever starts it", entry.Offset);
    }

    private void Content(TarEntry entry, (List<(long Offset, long Bytes)> Runs, long Length)? map)
    {
        var start = reader.Position;
        var size = Math.Min(entry.Size, reader.Remaining);
        if (size < entry.Size) state.Report(CoreRules.Unreadable, item, $"{MemberNames.Shown(entry.Name)} claims {entry.Size} bytes where {size} are left", entry.Offset);
        var stored = item.Source.Slice(start, size);
        var part = item.Part(stored, entry.Name);
        if (HasNoContent(entry)) Leftover.Check(item, state, start, size, "in a record that has no content", LeftoverTolerance.Padding);
        else state.Guard(part, () => state.Inspect(part with { Source = Expanded(entry, stored, start, map) }));
        reader.Position = start + size;
        Pad(size, start);
    }

    // The empty runs are counted as unpacked: a few bytes can claim to be any number of zeros.
    private ScanSource Expanded(TarEntry entry, ScanSource stored, long start, (List<(long Offset, long Bytes)> Runs, long Length)? map)
    {
        var runs = map?.Runs ?? [.. _extensions.SparseRuns];
        var length = map?.Length;
        if (_extensions.Of("GNU.sparse.major") is { } major)
        {
            if (major != "1" || _extensions.Of("GNU.sparse.minor") != "0") throw new UnreadableException("a sparse file of an unknown version", entry.Offset);
            reader.Position = start;
            runs = TarSparse.OfData(reader, entry.Offset);
            stored = item.Source.Slice(reader.Position, Math.Max(0, start + stored.Length - reader.Position));
        }
        else if (_extensions.Of("GNU.sparse.map") is { } text)
        {
            runs = TarSparse.OfRecord(text, entry.Offset);
        }
        else if (map is null && runs.Count == 0)
        {
            return stored;
        }

        if (length is null && (!long.TryParse(_extensions.Of("GNU.sparse.realsize") ?? _extensions.Of("GNU.sparse.size"), NumberStyles.None, CultureInfo.InvariantCulture, out var told) || (length = told) is null)) throw new UnreadableException("a sparse file of no size", entry.Offset);
        var whole = new SparseSource(stored, runs, length.Value, entry.Offset);
        if (whole.Length > state.Limits.MaxUnpackedBytes) throw new BudgetExceededException(CoreRules.Bomb, $"{stored.Length} bytes become {whole.Length}, nearly all of them zero");
        state.Unpacked(Math.Max(0, whole.Length - stored.Length));
        return whole;
    }

    private void Pad(long size, long start)
    {
        var padding = Math.Min(Padded(size) - size, reader.Remaining);
        Leftover.Check(item, state, start + size, padding, "between members", LeftoverTolerance.Padding);
        reader.Position = start + size + padding;
    }

    private static bool HasNoContent(TarEntry entry) => entry.IsFolder || entry.Type is 'V' or (>= '1' and <= '6');

    private bool HasHeaderAt(long offset)
    {
        var block = item.Source.Peek(offset, Block);
        return block.Length == Block && (TarHeader.IsOne(block) || !block.AsSpan().ContainsAnyExcept((byte)0));
    }

    private void Doubt(TarEntry entry, string what) => state.Report(ArchiveRules.TarAmbiguous, item, what, entry.Offset);

    private static long Padded(long size) => size + ((Block - (size % Block)) % Block);
}
