using System.Runtime.InteropServices;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>
/// Standard output that notices when nobody reads it any more, as behind <c>| head -1</c>. The runtime ignores SIGPIPE and drops what is written after it,
/// so a search would go on asking for pages that nobody sees.
/// </summary>
internal sealed partial class StandardOutput : Stream
{
    private readonly Stream _stream = Console.OpenStandardOutput();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Makes Console.Out write through it. A terminal keeps its own writer.</summary>
    public static void Install()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected) return;
        var encoding = Console.OutputEncoding;
        Console.SetOut(new StreamWriter(Open(), encoding.Preamble.Length == 0 ? encoding : new System.Text.UTF8Encoding(false)) { AutoFlush = true });
    }

    public static Stream Open() => OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new StandardOutput();

    /// <exception cref="OutputClosedException">The reader is gone.</exception>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <exception cref="OutputClosedException">The reader is gone.</exception>
    /// <exception cref="OutputRefusedException">What it goes to takes no more.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (IsClosed()) throw new OutputClosedException();
        try
        {
            _stream.Write(buffer);
        }
        catch (IOException refused)
        {
            throw new OutputRefusedException(refused);
        }
    }

    public override void Flush() => _stream.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _stream.Dispose();
        base.Dispose(disposing);
    }

    // poll(2) on the writing end of a pipe: Linux says POLLERR when every reader is gone, macOS POLLHUP.
    private static bool IsClosed()
    {
        const short Error = 0x8, HungUp = 0x10;
        var output = new Polled { Descriptor = 1 };
        return Poll(ref output, 1, 0) > 0 && (output.Found & (Error | HungUp)) != 0;
    }

    private struct Polled
    {
        public int Descriptor;
        public short Wanted;
        public short Found;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref Polled descriptors, nuint count, int timeout);
}

/// <summary>Whoever read standard output has stopped. The command ends quietly.</summary>
internal sealed class OutputClosedException() : IOException("Nobody reads the output any more.");
