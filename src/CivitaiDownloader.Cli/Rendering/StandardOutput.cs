using System.Runtime.InteropServices;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>
/// Standard output that notices when nobody reads it any more, as behind <c>| head -1</c>. The runtime ignores SIGPIPE and drops what is written after it,
/// so a search would go on asking for pages that nobody sees.
/// </summary>
internal sealed partial class StandardOutput() : OutputStream(Console.OpenStandardOutput())
{
    /// <summary>Makes Console.Out write through it. A terminal keeps its own writer.</summary>
    public static void Install()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected) return;
        var encoding = Console.OutputEncoding;
        Console.SetOut(new StreamWriter(Open(), encoding.Preamble.Length == 0 ? encoding : new System.Text.UTF8Encoding(false)) { AutoFlush = true });
    }

    public static Stream Open() => OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new StandardOutput();

    /// <exception cref="OutputClosedException">The reader is gone.</exception>
    /// <exception cref="OutputRefusedException">What it goes to takes no more.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (IsClosed()) throw new OutputClosedException();
        try
        {
            Inner.Write(buffer);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException) // the latter: it was closed before we began (>&-)
        {
            throw new OutputRefusedException(refused);
        }
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
