using CivitaiDownloader.Primitives;
using Microsoft.Win32.SafeHandles;

namespace CivitaiDownloader.Transfer.Journaling;

/// <summary>
/// The file beside a partial file that makes resume possible: what the source showed, and which bytes are safely on disk. Append-only.
/// What was appended is not kept in memory: a file of any size costs none. A record is appended after its bytes were flushed, so the journal never claims more than the disk has; a torn end costs only its records.
/// One owner at a time: whoever holds the lock on the partial file.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly SafeFileHandle _file;
    private long _length;

    private Journal(SafeFileHandle file, JournalHeader header, long length) => (_file, Header, _length) = (file, header, length);

    public JournalHeader Header { get; }

    public static string PathFor(string partialPath) => partialPath + ".journal";

    /// <summary>What the journal at <paramref name="path"/> says; null when there is none or nothing of it can be used.</summary>
    public static JournalContent? Read(string path)
    {
        try
        {
            return JournalFormat.Read(File.ReadAllBytes(path));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (JournalVersionException newer)
        {
            throw TransferErrors.JournalTooNew(path, newer.Version, JournalFormat.Version);
        }
    }

    public static Journal Create(string path, JournalHeader header, JournalOwner owner)
    {
        var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var start = JournalFormat.Start(header, owner);
        RandomAccess.Write(file, start, 0);
        return new(file, header, start.Length);
    }

    public static Journal GoOn(string path, JournalContent content, JournalOwner owner)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.SetLength(file, content.Length);
        var journal = new Journal(file, content.Header, content.Length);
        journal.Append(JournalFormat.Entry(owner));
        return journal;
    }

    /// <summary>Appends what is on disk already: call only after the bytes of <paramref name="records"/> were flushed.</summary>
    public void Append(ReadOnlySpan<JournalRecord> records)
    {
        Span<byte> entry = stackalloc byte[JournalFormat.RecordBytes];
        foreach (var record in records)
        {
            JournalFormat.Write(record, entry);
            Append(entry);
        }
    }

    /// <summary>The records that cover the file from its first byte without a gap, in order.</summary>
    public static List<JournalRecord> PrefixOf(IEnumerable<JournalRecord> records)
    {
        var prefix = new List<JournalRecord>();
        long end = 0;
        foreach (var record in records.OrderBy(r => r.Range.Start))
        {
            if (record.Range.Start != end) continue;
            prefix.Add(record);
            end = record.Range.End;
        }

        return prefix;
    }

    public void Dispose() => _file.Dispose();

    private void Append(ReadOnlySpan<byte> entry)
    {
        RandomAccess.Write(_file, entry, _length);
        _length += entry.Length;
    }
}
