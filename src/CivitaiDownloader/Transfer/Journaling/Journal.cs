using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Writing;
using Microsoft.Win32.SafeHandles;

namespace CivitaiDownloader.Transfer.Journaling;

/// <summary>
/// The file beside a partial file that makes resume possible: what the source showed, and which bytes are safely on disk. Append-only.
/// What was appended is not kept in memory: a file of any size costs none. A record is appended after its bytes were flushed, so the journal never claims more than the disk has; a torn end costs only its records.
/// One owner at a time: whoever holds the lock on the partial file.
/// </summary>
internal sealed class Journal : IDisposable
{
    /// <summary>Bytes whose records may be written and not yet flushed: a flush of the journal for each MiB would double the flushes.</summary>
    public const long UnflushedBytes = 4L * 1024 * 1024;

    // The records of 5 TiB. What is larger was written by nobody we know, and is no reason to ask for its size in memory.
    private const long MostBytes = 256L * 1024 * 1024;

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private long _length;
    private long _unflushed;

    private Journal(SafeFileHandle file, string path, JournalHeader header) => (_file, _path, Header) = (file, path, header);

    public JournalHeader Header { get; }

    public static string PathFor(string partialPath) => partialPath + ".journal";

    /// <summary>What the journal at <paramref name="path"/> says; null when there is none or nothing of it can be used. Its owner may be writing meanwhile.</summary>
    /// <exception cref="TransferException">It is of a newer version, or the disk refuses.</exception>
    public static JournalContent? Read(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (RandomAccess.GetLength(file) is var length && length > MostBytes) return null;
            var bytes = new byte[length];
            return JournalFormat.Read(bytes.AsSpan(0, RandomAccess.Read(file, bytes, 0)));
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw DiskFault.DescribeJournal(refused, path);
        }
        catch (JournalVersionException newer)
        {
            throw TransferErrors.JournalTooNew(path, newer.Version, JournalFormat.Version);
        }
    }

    /// <summary>Begins a journal, in place of any that was there. It and its name are on the disk when this returns.</summary>
    /// <exception cref="TransferException">The disk is full or refuses.</exception>
    public static Journal Create(string path, JournalHeader header, JournalOwner owner)
    {
        var journal = Open(path, FileMode.Create, header);
        try
        {
            journal.Append(JournalFormat.Start(header, owner));
            journal.Flush();
            FolderFlush.Run(Path.GetDirectoryName(path)!);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Takes up a journal behind what is whole of it.</summary>
    /// <exception cref="TransferException">The disk is full or refuses.</exception>
    public static Journal GoOn(string path, JournalContent content, JournalOwner owner)
    {
        var journal = Open(path, FileMode.Open, content.Header);
        try
        {
            RandomAccess.SetLength(journal._file, content.Length);
            journal._length = content.Length;
            journal.Append(JournalFormat.Entry(owner));
            return journal;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            journal.Dispose();
            throw DiskFault.DescribeJournal(refused, path);
        }
    }

    /// <exception cref="TransferException">The disk refuses.</exception>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw DiskFault.DescribeJournal(refused, path);
        }
    }

    /// <summary>Appends what is on disk already: call only after the bytes of <paramref name="records"/> were flushed.</summary>
    /// <exception cref="TransferException">The disk is full or refuses.</exception>
    public void Append(ReadOnlySpan<JournalRecord> records)
    {
        Span<byte> entry = stackalloc byte[JournalFormat.RecordBytes];
        foreach (var record in records)
        {
            JournalFormat.Write(record, entry);
            Append(entry);
            _unflushed += record.Range.Length;
        }

        if (_unflushed >= UnflushedBytes) Flush();
    }

    public void Dispose() => _file.Dispose();

    private static Journal Open(string path, FileMode mode, JournalHeader header)
    {
        try
        {
            return new(File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete), path, header);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw DiskFault.DescribeJournal(refused, path);
        }
    }

    private void Append(ReadOnlySpan<byte> entry)
    {
        try
        {
            RandomAccess.Write(_file, entry, _length);
            _length += entry.Length;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw DiskFault.DescribeJournal(refused, _path);
        }
    }

    private void Flush()
    {
        try
        {
            RandomAccess.FlushToDisk(_file);
            _unflushed = 0;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw DiskFault.DescribeJournal(refused, _path);
        }
    }
}
