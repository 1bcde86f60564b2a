using System.Text;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>Standard error that may be lost: what is said about the work never ends the work.</summary>
internal sealed class StandardError() : OutputStream(Console.OpenStandardError())
{
    /// <summary>Makes Console.Error write through it. A terminal keeps its own writer.</summary>
    public static void Install()
    {
        if (Console.IsErrorRedirected) Console.SetError(new StreamWriter(new StandardError(), new UTF8Encoding(false)) { AutoFlush = true });
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            Inner.Write(buffer);
        }
        catch (IOException)
        {
            // Nobody is left to tell.
        }
    }

    public override void Flush() { }
}
