using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Journaling;
using CivitaiDownloader.Transfer.Parts;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

/// <summary>What a journal's records leave to be fetched, whatever their order.</summary>
public sealed class CoverageTests
{
    [Fact]
    public void What_is_missing_lies_between_the_records_and_behind_them()
    {
        JournalRecord[] records = [new(new(200, 300), 3), new(new(0, 100), 1), new(new(100, 150), 2)];

        var kept = Coverage.Of(records, 1000);

        Assert.Equal([new(0, 100), new(100, 150), new(200, 300)], kept.Select(record => record.Range));
        Assert.Equal([new(150, 200), new(300, 400)], Coverage.Missing(kept, 400));
        Assert.Equal(250, Coverage.Bytes(kept));
    }

    [Fact]
    public void A_record_beyond_what_is_on_disk_is_void() =>
        Assert.Equal([new ByteRange(0, 100)], Coverage.Of([new(new(0, 100), 1), new(new(100, 201), 2)], 200).Select(record => record.Range));

    [Fact]
    public void Of_overlapping_records_the_later_holds_whole_and_the_earlier_not_at_all()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var records = Enumerable.Range(0, 12).Select(i =>
            {
                var start = random.Next(0, 90);
                return new JournalRecord(new(start, random.Next(start + 1, 101)), (UInt128)i);
            }).ToArray();

            var kept = Coverage.Of(records, 100);

            var owner = new UInt128?[100]; // who wrote each byte last
            foreach (var record in records)
            {
                for (var at = record.Range.Start; at < record.Range.End; at++) owner[at] = record.Digest;
            }

            Assert.Equal(kept.OrderBy(record => record.Range.Start), kept);
            foreach (var record in kept)
            {
                for (var at = record.Range.Start; at < record.Range.End; at++) Assert.True(owner[at] == record.Digest, $"seed {seed}");
            }

            var missing = Coverage.Missing(kept, 100).ToArray();
            Assert.True(missing.Sum(range => range.Length) + Coverage.Bytes(kept) == 100, $"seed {seed}");
        }
    }
}
