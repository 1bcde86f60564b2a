using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer;
using CivitaiDownloader.Transfer.Digests;
using CivitaiDownloader.Transfer.Journaling;
using CivitaiDownloader.Transfer.Parts;
using CivitaiDownloader.Transfer.Sources;
using CivitaiDownloader.Transfer.Writing;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

public sealed class PartWriterTests
{
    [Fact]
    public async Task A_connection_given_up_at_the_moment_of_a_mark_leaves_no_gap()
    {
        using var folder = new TemporaryFolder();
        using var file = PartialFile.Open(folder["x.part"], "x");
        using var journal = Journal.Create(folder["x.part.journal"], new(1L << 30, null, null, null), new(1, "here", DateTimeOffset.UnixEpoch));
        var buffers = new BufferPool(new(), 1);
        using var digests = new FileDigests([]);
        using var digest = new DigestFollower(file, new([], () => 0, _ => { }), digests, buffers);
        using var giveUp = new CancellationTokenSource();
        using var watch = new StallWatch(TimeSpan.FromMinutes(1), TimeProvider.System, giveUp.Token);
        var part = new Part(new(0, 1L << 30), 0);
        await using var checkpoints = new Checkpoints(file, journal);
        var writer = new PartWriter(file, digest, buffers, checkpoints.Open(), new TransferMeter(TimeProvider.System));

        // Cancelled while the last bytes of the second mark are read.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writer.CopyAsync(new Body(2 * Checkpoints.MarkBytes, giveUp), part, watch));
        await checkpoints.FinishAsync();

        var records = Coverage.Of(Journal.Read(folder["x.part.journal"])!.Records, file.Length);
        Assert.Equal(2 * Checkpoints.MarkBytes, part.Written);
        Assert.Equal([new ByteRange(part.Written, 1L << 30)], Coverage.Missing(records, 1L << 30));
    }

    /// <summary>Gives bytes without end, and cancels with the read that passes <paramref name="at"/>.</summary>
    private sealed class Body(long at, CancellationTokenSource giveUp) : Stream
    {
        private long _given;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => _given; set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<int>(cancellationToken);
            _given += buffer.Length;
            if (_given >= at) giveUp.Cancel();
            return ValueTask.FromResult(buffer.Length);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
