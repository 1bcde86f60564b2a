using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Reads RAR archives of all versions since 2. Their headers are walked here first, so that the library which unpacks meets only what is bounded.</summary>
internal sealed class RarReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state)
    {
        var catalogue = Catalogue(item, state);
        if (catalogue.IsEncrypted) state.Report(ArchiveRules.Encrypted, item, "the list of its members is encrypted", 0);
        new RarMembers(item, state, catalogue).Judge();
        Leftover.Check(item, state, catalogue.End, item.Source.Length - catalogue.End, "behind the end of the archive", LeftoverTolerance.Padding);
        return ContentKind.Rar;
    }

    private static RarCatalogue Catalogue(ScanItem item, ScanState state)
    {
        using var reader = new SourceReader(item.Source);
        return item.Source.Peek(0, 8) switch
        {
            [_, _, _, _, _, _, 1, 0] => new Rar5Headers(item, state, reader).Read(),
            [_, _, _, _, _, _, 0, ..] => new Rar4Headers(item, state, reader).Read(),
            _ => throw new UnreadableException("a version that no program knows", 6),
        };
    }
}
