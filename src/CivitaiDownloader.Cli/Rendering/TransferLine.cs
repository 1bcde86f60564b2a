using System.Globalization;
using System.Text;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>One file that is on its way, in a line: name, bar, percent, bytes, speed, time left. What a narrow terminal has no room for is left out, the least useful first.</summary>
internal sealed class TransferLine(Screen screen)
{
    private const int FewestNameCells = 8, MostNameCells = 36, BarCells = 24;

    // What stands behind the name: percent, bytes, speed, time left, each with a gap.
    private const int PercentCells = 6, BytesCells = 24, SpeedCells = 13, TimeCells = 10;

    /// <param name="total">Null where nobody knows.</param>
    /// <param name="word">What stands in place of the time left, where something else is to be said; null for the time.</param>
    public string Of(string name, long present, long? total, double speed, string? word = null)
    {
        var room = screen.ErrorWidth - 1 - PercentCells - FewestNameCells;
        var hasBytes = Takes(ref room, BytesCells);
        var hasSpeed = Takes(ref room, SpeedCells);
        var hasTime = Takes(ref room, TimeCells);
        var hasBar = Takes(ref room, BarCells + 2);
        var nameCells = Math.Min(FewestNameCells + Math.Max(0, room), MostNameCells);
        var share = total > 0 ? Math.Clamp((double)present / total.Value, 0, 1) : 0;
        var text = new StringBuilder(DisplayText.Pad(DisplayText.Cut(name, nameCells), nameCells));
        if (hasBar) text.Append("  ").Append(Bar(share));
        text.Append(total is null ? "      " : ((int)(share * 100)).ToString(CultureInfo.InvariantCulture).PadLeft(4) + " %");
        if (hasBytes) text.Append($"{ByteSize.Format(present)}{(total is null ? "" : " / " + ByteSize.Format(total.Value))}".PadLeft(BytesCells));
        if (hasSpeed) text.Append((ByteSize.Format((long)speed) + "/s").PadLeft(SpeedCells));
        if (hasTime) text.Append((word ?? TimeLeft(total - present, speed)).PadLeft(TimeCells));
        return text.ToString();
    }

    /// <summary>Empty where it cannot be told.</summary>
    public static string TimeLeft(long? bytes, double speed) => bytes is > 0 and var left && speed >= 1 && left / speed < 360_000 ? Duration.Short(TimeSpan.FromSeconds(left / speed)) : "";

    private static bool Takes(ref int room, int cells)
    {
        if (room < cells) return false;
        room -= cells;
        return true;
    }

    private string Bar(double share)
    {
        var full = (int)(share * BarCells);
        return screen.ErrorInk.Good(new string('━', full)) + screen.ErrorInk.Faint(new string('─', BarCells - full));
    }
}
