using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer;
using CivitaiDownloader.Transfer.Journaling;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

public sealed class JournalTests : IDisposable
{
    private static readonly JournalHeader Header = new(10_000, "\"tag\"", DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), "sha256:" + new string('a', 64));
    private static readonly JournalOwner Owner = new(42, "machine-模型", DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123));

    private readonly string _folder = Directory.CreateTempSubdirectory("journal").FullName;

    private string JournalPath => Path.Combine(_folder, "x.journal");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_written_is_read_back()
    {
        var records = new JournalRecord[] { new(new(0, 4_000), 1), new(new(4_000, 9_999), UInt128.MaxValue) };
        using (var journal = Journal.Create(JournalPath, Header, Owner)) journal.Append(records);

        var content = Journal.Read(JournalPath);

        Assert.Equal(Header, content!.Header);
        Assert.Equal(Owner, content.Owner);
        Assert.Equal(records, content.Records);
        Assert.Equal(new FileInfo(JournalPath).Length, content.Length);
    }

    [Fact]
    public void One_of_a_size_that_nobody_writes_is_as_good_as_none()
    {
        using (var journal = Journal.Create(JournalPath, Header, Owner)) journal.Append([new(new(0, 4_000), 1)]);
        using (var file = File.OpenHandle(JournalPath, FileMode.Open, FileAccess.Write)) RandomAccess.SetLength(file, 3L << 30); // a hole: nothing is written

        Assert.Null(Journal.Read(JournalPath));
    }

    [Fact]
    public void A_source_that_names_nothing_is_written_too()
    {
        var bare = new JournalHeader(0, null, null, null);
        Journal.Create(JournalPath, bare, Owner).Dispose();

        Assert.Equal(bare, Journal.Read(JournalPath)!.Header);
    }

    [Fact]
    public void A_journal_cut_at_any_byte_loses_only_what_was_cut()
    {
        using (var journal = Journal.Create(JournalPath, Header, Owner))
            for (var i = 0; i < 5; i++) journal.Append([new(new(i * 100, (i * 100) + 100), (UInt128)i)]);
        var whole = File.ReadAllBytes(JournalPath);
        var start = whole.Length - (5 * JournalFormat.RecordBytes);

        for (var cut = 0; cut <= whole.Length; cut++)
        {
            var content = JournalFormat.Read(whole.AsSpan(0, cut));

            if (cut >= start) Assert.Equal((cut - start) / JournalFormat.RecordBytes, content!.Records.Count);
            else Assert.True(content is null || content.Records.Count == 0);
        }
    }

    [Fact]
    public void A_flipped_bit_is_never_read_as_a_record()
    {
        using (var journal = Journal.Create(JournalPath, Header, Owner)) journal.Append([new(new(0, 100), 7), new(new(100, 200), 8)]);
        var whole = File.ReadAllBytes(JournalPath);
        var truth = JournalFormat.Read(whole)!;

        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            if (bit / 8 is >= 8 and < 12) continue; // the version: a newer one is refused, tested below

            var content = JournalFormat.Read(damaged);

            Assert.True(content is null || (content.Header == truth.Header && content.Records.All(truth.Records.Contains) && content.Records.Count < 2),
                $"bit {bit}");
        }
    }

    [Fact]
    public void A_spoilt_record_in_the_middle_costs_only_itself()
    {
        using (var journal = Journal.Create(JournalPath, Header, Owner)) journal.Append([new(new(0, 100), 7), new(new(100, 200), 8), new(new(200, 300), 9)]);
        var whole = File.ReadAllBytes(JournalPath);
        whole[^(JournalFormat.RecordBytes + 5)] ^= 1;

        var content = JournalFormat.Read(whole)!;

        Assert.Equal([new(new(0, 100), 7), new(new(200, 300), 9)], content.Records);
        Assert.Equal(whole.Length, content.Length);
    }

    [Fact]
    public void A_journal_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        Journal.Create(JournalPath, Header, Owner).Dispose();
        var bytes = File.ReadAllBytes(JournalPath);
        bytes[8] = 2;
        File.WriteAllBytes(JournalPath, bytes);

        var error = Assert.Throws<TransferException>(() => Journal.Read(JournalPath));

        Assert.Equal(TransferFault.JournalTooNew, error.Fault);
        Assert.Contains("version 2", error.Message);
        Assert.Equal(bytes, File.ReadAllBytes(JournalPath));
    }

    [Fact]
    public void Going_on_cuts_the_torn_end_before_it_appends()
    {
        using (var journal = Journal.Create(JournalPath, Header, Owner)) journal.Append([new(new(0, 100), 7)]);
        File.AppendAllText(JournalPath, "torn");

        using (var journal = Journal.GoOn(JournalPath, Journal.Read(JournalPath)!, Owner with { ProcessId = 43 })) journal.Append([new(new(100, 200), 8)]);

        var content = Journal.Read(JournalPath)!;
        Assert.Equal([new(new(0, 100), 7), new(new(100, 200), 8)], content.Records);
        Assert.Equal(43, content.Owner!.ProcessId);
    }

    [Fact]
    public void A_journal_of_a_writer_that_named_no_store_is_read()
    {
        var whole = JournalFormat.Start(Header with { Store = "host:443" }, Owner);
        Assert.Equal("host:443", JournalFormat.Read(whole)!.Header.Store);

        // The header entry as it was: shorter by the length and the text of the store.
        const int at = 12, store = 4 + 8;
        var length = BitConverter.ToInt32(whole, at + 4);
        var entry = whole[at..(at + 12 + length - store)];
        BitConverter.GetBytes(length - store).CopyTo(entry, 4);
        BitConverter.GetBytes(CrcOf(entry)).CopyTo(entry, 8);

        Assert.Equal(Header, JournalFormat.Read([.. whole[..at], .. entry])!.Header);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 5)]
    [InlineData(5, 10_001)]
    [InlineData(9, 3)]
    public void A_record_outside_the_file_is_ignored(long start, long end)
    {
        var entry = JournalFormat.Entry(new JournalRecord(new(1, 2), 0));
        BitConverter.GetBytes(start).CopyTo(entry, 12);
        BitConverter.GetBytes(end).CopyTo(entry, 20);
        BitConverter.GetBytes(CrcOf(entry)).CopyTo(entry, 8);

        var content = JournalFormat.Read([.. JournalFormat.Start(Header, Owner), .. entry]);

        Assert.Empty(content!.Records);
    }

    private static uint CrcOf(byte[] entry) => System.IO.Hashing.Crc32.HashToUInt32([.. entry[..8], .. entry[12..]]);
}
