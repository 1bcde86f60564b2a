using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Job.Create;

/// <summary>The files of a plan as aligned rows. The widths depend on the terminal only: the next page of rows is not known yet.</summary>
internal sealed class PlanTable
{
    private const int Gap = 2;
    private const int SizeWidth = 9, HaveWidth = 4, TypeWidth = 12, BaseWidth = 12;
    private const int WidthForModel = 60, WidthForType = 90, WidthForBase = 110;

    private readonly List<(string Title, int Width, Func<ItemRecord, string> Cell)> _columns = [];

    /// <param name="hasPresent">Whether some of them are there already.</param>
    public PlanTable(int width, bool hasPresent)
    {
        _columns.Add(("SIZE", SizeWidth, item => item.File.Bytes is { } bytes ? ByteSize.Format(bytes) : "?"));
        if (hasPresent) _columns.Add(("HAVE", HaveWidth, item => item.Status == ItemStatus.Skipped ? "yes" : ""));
        if (width >= WidthForType) _columns.Add(("TYPE", TypeWidth, item => item.File.Type));
        if (width >= WidthForBase) _columns.Add(("BASE", BaseWidth, item => item.File.BaseModel ?? "-"));
        var rest = width - _columns.Sum(column => column.Width + Gap);
        var model = width >= WidthForModel ? (rest - Gap) * 11 / 20 : 0;
        if (model > 0) _columns.Add(("MODEL", model, item => $"{item.File.ModelName} · {item.File.VersionName}"));
        var name = rest - (model > 0 ? model + Gap : 0);
        _columns.Add(("FILE", Math.Max(name, 12), item => item.File.FileName));
    }

    public string Header => Line(column => column.Title);

    public string Row(ItemRecord item) => Line(column => DisplayText.Harmless(column.Cell(item)));

    private string Line(Func<(string Title, int Width, Func<ItemRecord, string> Cell), string> text) =>
        string.Join(new string(' ', Gap), _columns.Select(column => Fit(text(column), column.Title, column.Width))).TrimEnd();

    // Sizes stand at the right; the ends of files' names tell them apart.
    private static string Fit(string text, string title, int width) => title switch
    {
        "SIZE" => DisplayText.PadLeft(text, width),
        "FILE" => DisplayText.CutMiddle(text, width),
        _ => DisplayText.Fit(text, width),
    };
}
