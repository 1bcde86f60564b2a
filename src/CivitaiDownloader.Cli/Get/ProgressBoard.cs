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
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(150);

    private readonly Screen _screen;
    private readonly TimeProvider _time;
    private readonly int _count;
    private readonly Lock _lock; // the speaker's: guards everything below, and the terminal
    private readonly ITimer _timer;
    private readonly List<Line> _lines = [];
    private readonly Speedometer _speed;
    private readonly TransferLine _text;
    private readonly LiveLines _drawing;
    private readonly int _mostLines = LiveLines.Most();
    private long _fetchedByEnded;
    private int _done;
    private bool _isOver;

    public ProgressBoard(Screen screen, TimeProvider time, int count, Lock speaking)
    {
        (_screen, _time, _count, _lock, _speed, _text, _drawing) = (screen, time, count, speaking, new(time), new(screen), new(screen.Error));
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

    public void Clear_NeedsLock() => _drawing.Clear();

    public void Draw_NeedsLock()
    {
        if (_isOver || _lines.Count == 0) return; // between two stages, and at the end, there is nothing to watch
        var shown = _lines.Take(_lines.Count <= _mostLines ? _mostLines : _mostLines - 1).Select(Text).ToList();
        if (_lines.Count > shown.Count) shown.Add($"… and {Quantity.Of(_lines.Count - shown.Count, "file")} more");
        shown.Add(Total());
        _drawing.Draw(shown);
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
        var transfer = line.Meter.Read();
        return _text.Of(line.Name, transfer.Present, transfer.Total ?? line.EstimatedBytes, line.Speed.After(transfer.Fetched));
    }

    private string Total()
    {
        var fetched = _fetchedByEnded + _lines.Sum(line => line.Meter.Read().Fetched);
        return _screen.ErrorInk.Strong($"{Quantity.Number(_done)} of {Quantity.Of(_count, "file")} · {ByteSize.Format(fetched)} fetched · {ByteSize.Format((long)_speed.After(fetched))}/s");
    }

    private sealed class Line(ProgressBoard board, string name, long? estimatedBytes, TransferMeter meter) : IDisposable
    {
        public string Name => name;

        public long? EstimatedBytes => estimatedBytes;

        public TransferMeter Meter => meter;

        public Speedometer Speed { get; } = new(board._time);

        public void Dispose() => board.Remove(this);
    }
}
