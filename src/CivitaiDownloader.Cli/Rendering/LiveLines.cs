using System.Globalization;
using System.Text;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>Lines at the foot of a terminal that are drawn over in place, in one write, so that nothing flickers. Its owner sees to it that nobody prints meanwhile.</summary>
internal sealed class LiveLines(TextWriter terminal)
{
    // Lines are cut at the edge while they are drawn, whatever the terminal's width has become.
    private const string NoWrap = "\u001b[?7l", Wrap = "\u001b[?7h", ToEndOfLine = "\u001b[K", ToEndOfScreen = "\u001b[J";

    private int _drawn;

    /// <summary>How many lines there is room for, so that some of what was printed before stays in sight.</summary>
    public static int Most()
    {
        try
        {
            return Math.Clamp(Console.WindowHeight - 3, 1, 16);
        }
        catch (IOException)
        {
            return 8;
        }
    }

    public void Clear()
    {
        if (_drawn > 0) terminal.Write($"\u001b[{_drawn.ToString(CultureInfo.InvariantCulture)}A\r{ToEndOfScreen}");
        _drawn = 0;
    }

    public void Draw(IReadOnlyCollection<string> lines)
    {
        var text = new StringBuilder(NoWrap);
        if (_drawn > 0) text.Append(CultureInfo.InvariantCulture, $"\u001b[{_drawn}A\r");
        foreach (var line in lines) text.Append(line).Append(ToEndOfLine).Append('\n');
        text.Append(ToEndOfScreen).Append(Wrap);
        terminal.Write(text.ToString());
        _drawn = lines.Count;
    }
}
