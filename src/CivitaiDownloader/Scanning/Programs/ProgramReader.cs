using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Programs;

/// <summary>Says which program it is. Nothing more is read of it: a program is stopped whatever it does.</summary>
internal sealed class ProgramReader(ContentKind kind) : IContentReader
{
    private const int HeadBytes = 4096, SecondHeaderBytes = 64;

    public ContentKind Read(ScanItem item, ScanState state)
    {
        var description = kind == ContentKind.EicarTest ? "the EICAR test text" : Describe(item.Source);
        state.Report(Rule, item, description ?? throw new UnreadableException($"begins like {NamePromises.Word(kind)}, and goes on in a way no system accepts", 0), 0);
        return kind;
    }

    private Rule Rule => kind switch
    {
        ContentKind.EicarTest => ProgramRules.Eicar,
        ContentKind.ShellLink => ProgramRules.Shortcut,
        ContentKind.JavaClass or ContentKind.Dex or ContentKind.WebAssembly => ProgramRules.ByteCode,
        _ => ProgramRules.Native,
    };

    private static string? Describe(ScanSource source)
    {
        var head = source.Peek(0, HeadBytes);
        if (ProgramMark.At(head) is { } mark) return mark.Description;
        if (head is not ([(byte)'M', (byte)'Z', ..] or [(byte)'Z', (byte)'M', ..]) || head.Length < 64) return null;

        // The second header may lie anywhere in the file.
        return WindowsHeader.ReadSecond(source.Peek(BitConverter.ToUInt32(head, 60), SecondHeaderBytes))?.Description;
    }
}
