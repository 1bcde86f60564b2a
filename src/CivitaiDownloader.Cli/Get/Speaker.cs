using System.Text;
using CivitaiDownloader.Cli.Rendering;

namespace CivitaiDownloader.Cli.Get;

/// <summary>
/// Lets several that work at once speak as if they came one after the other: the first that is not done speaks at once, what the others say waits for their
/// turn. On a terminal all of it stands above a board of what is running.
/// </summary>
internal sealed class Speaker : IDisposable
{
    private readonly Lock _lock = new(); // guards what is printed, and whose turn it is
    private readonly Screen _screen;
    private readonly ProgressBoard? _board;
    private readonly Voice?[] _voices;
    private int _turn;

    public Speaker(Screen screen, TimeProvider time, int count, bool hasBoard)
    {
        (_screen, _voices) = (screen, new Voice?[count]);
        if (hasBoard && screen is { ShowsProgress: true, IsVerbose: false }) _board = new(screen, time, count, _lock); // log lines come at any time
        Aside = screen.Through(new Words(Print, isError: false), new Words(Print, isError: true));
    }

    /// <summary>For what is nobody's: printed at once.</summary>
    public Screen Aside { get; }

    public ProgressBoard? Board => _board;

    /// <summary>The screen of one of them, by its place in the row. Disposed, its turn is over.</summary>
    public Voice For(int place)
    {
        lock (_lock) return _voices[place] = new(this, place);
    }

    public void Dispose() => _board?.Dispose();

    private void Print(string text, bool isError)
    {
        lock (_lock) Print_NeedsLock(text, isError);
    }

    private void Print_NeedsLock(string text, bool isError)
    {
        _board?.Clear_NeedsLock();
        (isError ? _screen.Error : _screen.Output).Write(text);
        _board?.Draw_NeedsLock();
    }

    private void Speak(Voice voice, string text, bool isError)
    {
        lock (_lock)
        {
            if (voice.Place == _turn) Print_NeedsLock(text, isError);
            else voice.Kept.Add((text, isError));
        }
    }

    private void End(Voice voice)
    {
        lock (_lock)
        {
            voice.IsDone = true;
            while (_turn < _voices.Length && _voices[_turn] is { IsDone: true })
            {
                _voices[_turn++] = null;
                if (_turn == _voices.Length || _voices[_turn] is not { } next) continue;
                foreach (var (text, isError) in next.Kept) Print_NeedsLock(text, isError);
                next.Kept.Clear();
            }
        }
    }

    internal sealed class Voice : IDisposable
    {
        private readonly Speaker _speaker;

        public Voice(Speaker speaker, int place)
        {
            (_speaker, Place) = (speaker, place);
            Screen = speaker._screen.Through(new Words(Speak, isError: false), new Words(Speak, isError: true));
        }

        public Screen Screen { get; }

        public int Place { get; }

        public List<(string Text, bool IsError)> Kept { get; } = [];

        public bool IsDone { get; set; }

        public void Dispose() => _speaker.End(this);

        private void Speak(string text, bool isError) => _speaker.Speak(this, text, isError);
    }

    /// <summary>A writer that hands on whole lines.</summary>
    private sealed class Words(Action<string, bool> print, bool isError) : TextWriter
    {
        private readonly StringBuilder _line = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            _line.Append(value);
            if (value == '\n') HandOn();
        }

        public override void Write(string? value)
        {
            _line.Append(value);
            if (value is [.., '\n']) HandOn();
        }

        public override void WriteLine(string? value)
        {
            _line.Append(value).Append(NewLine);
            HandOn();
        }

        private void HandOn()
        {
            print(_line.ToString(), isError);
            _line.Clear();
        }
    }
}
