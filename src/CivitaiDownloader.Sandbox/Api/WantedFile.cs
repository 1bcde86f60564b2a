using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>Which file of a version a download asks for (civitai-api 8.1, 8.5).</summary>
internal sealed record WantedFile
{
    private const int MostCharacters = 64;

    private int? Id { get; init; }
    private string? Type { get; init; }
    private string? Format { get; init; }
    private string? Size { get; init; }
    private string? Precision { get; init; }
    private string? QuantType { get; init; }

    public static WantedFile Read(QueryReader query) => new()
    {
        Id = query.Number("fileId", int.MinValue, int.MaxValue),
        Type = query.Members("type", Enumerations.FileTypes).FirstOrDefault(),
        Format = query.Members("format", Enumerations.Formats).FirstOrDefault(),
        Size = query.Members("size", Enumerations.FileSizes).FirstOrDefault(),
        Precision = Short(query, "fp"),
        QuantType = Short(query, "quantType"),
    };

    /// <returns>Null when none fits: the site answers that there is no such file.</returns>
    public SampleFile? ChooseFrom(SampleVersion version)
    {
        if (Id is { } id) return version.Files.FirstOrDefault(file => file.Id == id);
        var fitting = version.Current.Where(file => Type is null || file.Type == Type).ToArray();
        var best = fitting.Length == 0 ? Linked(version) : PrimaryFile.Of(fitting, new() { Format = Format ?? "SafeTensor", Size = Size ?? "pruned", Precision = Precision ?? "fp16", QuantType = QuantType ?? "Q4_K_M" });
        if (best is not { HasMetadata: true }) return best;
        var differs = Differs(Format, best.Format) || Differs(Size, best.Size) || Differs(Precision, best.Precision) || Differs(QuantType, best.QuantType);
        return differs ? null : best;
    }

    // A component that the version itself does not have may be linked from another one.
    private SampleFile? Linked(SampleVersion version) => version.LinkedVae is { } linked && linked.File.Type == Type ? linked.File : null;

    // Only what is given and known can be a mismatch.
    private static bool Differs(string? asked, string? has) => asked is not null && has is not null && asked != has;

    private static string? Short(QueryReader query, string name) => query.Text(name) is { } text && text.Length > MostCharacters ? throw Refused.Pretty(name) : query.Text(name);
}
