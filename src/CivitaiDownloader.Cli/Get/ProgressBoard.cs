using System.Globalization;
using System.Text;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Cli.Get;

/// <summary>
/// A line for each file that is running and one for all, drawn over in place at the foot of a terminal. It looks at the meters; nobody waits for it. Whoever
/// prints above it clears it first and draws it after.
/// </summary>
internal sealed class ProgressBoard : IDisposable
{
    private const int FewestNameCells = 8, MostNameCells = 36, BarCells = 24;

    // What stands behind the name: percent, bytes, speed, time left, each with a gap.
    private const int PercentCells = 6, BytesCells = 24, SpeedCells = 13, TimeCells = 10;

    // Lines are cut at the edge while they are drawn, whatever the terminal's width has become.
    private const string NoWrap = "\u001b[?7l", Wrap = "\u001b[?7h", ToEndOfLine = "\u001b[K", ToEndOfScreen = "\u001b[J";
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(150);

    private readonly Screen _screen;
    private readonly TimeProvider _time;
    private readonly int _count;
    private readonly Lock _lock; // the speaker's: guards everything below, and the terminal
    private readonly ITimer _timer;
    private readonly List<Line> _lines = [];
    private readonly Speed _speed;
    private readonly int _mostLines = MostLines();
    private long _fetchedByEnded;
    private int _done;
    private int _drawn;
    private bool _isOver;

    public ProgressBoard(Screen screen, TimeProvider time, int count, Lock speaking)
    {
        (_screen, _time, _count, _lock, _speed) = (screen, time, count, speaking, new(time));
        _timer = time.CreateTimer(static state => ((ProgressBoard)state!).Tick(), this, Every, Every);
    }

    /// <summary>A file begins; disposed, its line goes away.</summary>
    public IDisposable Add(string name, long? estimatedBytes, TransferMeter meter)
    {
        lock (_lock)
        {
            var line = new Line(this, name, estimatedBytes, meter);
            _lines.Add(line);
            return line;
        }
    }

    /// <summary>One more target is done, well or not.</summary>
    public void Done()
    {
        lock (_lock) _done++;
    }

    public void Clear_NeedsLock()
    {
        if (_drawn > 0) _screen.Error.Write($"\u001b[{_drawn.ToString(CultureInfo.InvariantCulture)}A\r{ToEndOfScreen}");
        _drawn = 0;
    }

    public void Draw_NeedsLock()
    {
        if (_isOver || _lines.Count == 0) return; // between two stages, and at the end, there is nothing to watch
        var shown = _lines.Take(_lines.Count <= _mostLines ? _mostLines : _mostLines - 1).Select(Text).ToList();
        if (_lines.Count > shown.Count) shown.Add($"… and {Quantity.Of(_lines.Count - shown.Count, "file")} more");
        shown.Add(Total());
        var text = new StringBuilder(NoWrap);
        if (_drawn > 0) text.Append(CultureInfo.InvariantCulture, $"\u001b[{_drawn}A\r");
        foreach (var line in shown) text.Append(line).Append(ToEndOfLine).Append('\n');
        text.Append(ToEndOfScreen).Append(Wrap);
        _screen.Error.Write(text.ToString());
        _drawn = shown.Count;
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            Clear_NeedsLock();
            _isOver = true;
        }
    }

    private void Tick()
    {
        lock (_lock)
        {
            if (_lines.Count > 0) Draw_NeedsLock();
            else Clear_NeedsLock();
        }
    }

    private void Remove(Line line)
    {
        lock (_lock)
        {
            if (!_lines.Remove(line)) return;
            _fetchedByEnded += line.Meter.Read().Fetched;
        }
    }

    private string Text(Line line)
    {
        var room = _screen.ErrorWidth - 1 - PercentCells - FewestNameCells;
        var hasBytes = Takes(ref room, BytesCells);
        var hasSpeed = Takes(ref room, SpeedCells);
        var hasTime = Takes(ref room, TimeCells);
        var hasBar = Takes(ref room, BarCells + 2);
        var nameCells = Math.Min(FewestNameCells + Math.Max(0, room), MostNameCells);
        var transfer = line.Meter.Read();
        var total = transfer.Total ?? line.EstimatedBytes;
        var share = total > 0 ? Math.Clamp((double)transfer.Present / total.Value, 0, 1) : 0;
        var speed = line.Speed.After(transfer.Fetched);
        var text = new StringBuilder(DisplayText.Pad(DisplayText.Cut(line.Name, nameCells), nameCells));
        if (hasBar) text.Append("  ").Append(Bar(share));
        text.Append(total is null ? "      " : ((int)(share * 100)).ToString(CultureInfo.InvariantCulture).PadLeft(4) + " %");
        if (hasBytes) text.Append($"{ByteSize.Format(transfer.Present)}{(total is null ? "" : " / " + ByteSize.Format(total.Value))}".PadLeft(BytesCells));
        if (hasSpeed) text.Append((ByteSize.Format((long)speed) + "/s").PadLeft(SpeedCells));
        if (hasTime) text.Append(TimeLeft(total - transfer.Present, speed).PadLeft(TimeCells));
        return text.ToString();
    }

    // What a narrow terminal has no room for is left out, the least useful first.
    private static bool Takes(ref int room, int cells)
    {
        if (room < cells) return false;
        room -= cells;
        return true;
    }

    private string Total()
    {
        var fetched = _fetchedByEnded + _lines.Sum(line => line.Meter.Read().Fetched);
        return _screen.ErrorInk.Strong($"{Quantity.Number(_done)} of {Quantity.Of(_count, "file")} · {ByteSize.Format(fetched)} fetched · {ByteSize.Format((long)_speed.After(fetched))}/s");
    }

    private string Bar(double share)
    {
        var full = (int)(share * BarCells);
        return _screen.ErrorInk.Good(new string('━', full)) + _screen.ErrorInk.Faint(new string('─', BarCells - full));
    }

    private static string TimeLeft(long? bytes, double speed) => bytes is > 0 and var left && speed >= 1 && left / speed < 360_000 ? Duration.Short(TimeSpan.FromSeconds(left / speed)) : "";

    private static int MostLines()
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

    private sealed class Line(ProgressBoard board, string name, long? estimatedBytes, TransferMeter meter) : IDisposable
    {
        public string Name => name;

        public long? EstimatedBytes => estimatedBytes;

        public TransferMeter Meter => meter;

        public Speed Speed { get; } = new(board._time);

        public void Dispose() => board.Remove(this);
    }

    /// <summary>Bytes a second over the last seconds.</summary>
    private sealed class Speed(TimeProvider time)
    {
        private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

        private readonly Queue<(long At, long Bytes)> _samples = new();

        public double After(long bytes)
        {
            var now = time.GetTimestamp();
            _samples.Enqueue((now, bytes));
            while (_samples.Count > 2 && time.GetElapsedTime(_samples.Peek().At, now) > Window) _samples.Dequeue();
            var (since, before) = _samples.Peek();
            var seconds = time.GetElapsedTime(since, now).TotalSeconds;
            return seconds > 0.1 && bytes > before ? (bytes - before) / seconds : 0;
        }
    }
}
