using System.Text;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>Standard error that may be lost: what is said about the work never ends the work.</summary>
internal sealed class StandardError : Stream
{
    private readonly Stream _stream = Console.OpenStandardError();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Makes Console.Error write through it. A terminal keeps its own writer.</summary>
    public static void Install()
    {
        if (Console.IsErrorRedirected) Console.SetError(new StreamWriter(new StandardError(), new UTF8Encoding(false)) { AutoFlush = true });
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _stream.Write(buffer);
        }
        catch (IOException)
        {
            // Nobody is left to tell.
        }
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _stream.Dispose();
        base.Dispose(disposing);
    }
}
