namespace CivitaiDownloader.Scanning.Archives;

/// <summary>A stream that is only read, from front to back: what decoders take and give.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;

    // Decoders take a stream that can seek for one they may read ahead in.
    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
