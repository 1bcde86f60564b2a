using CivitaiDownloader.Primitives;
using Microsoft.Extensions.Logging;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>Log records as lines on standard error, with <c>--verbose</c>. One record, one line, whatever is in it.</summary>
internal sealed class ScreenLog(Screen screen, TimeProvider time) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Lines(screen, time, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void Dispose() { }

    private sealed class Lines(Screen screen, TimeProvider time, string source) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            screen.Error.WriteLine(screen.ErrorInk.Faint($"{time.GetUtcNow():HH:mm:ss.fff} {logLevel.ToString().ToLowerInvariant()} {source}: {VisibleText.OneLine(formatter(state, exception), 1000)}"));
    }
}
