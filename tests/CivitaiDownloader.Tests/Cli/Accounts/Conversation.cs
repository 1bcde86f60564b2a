using System.Diagnostics;
using System.Text;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Accounts;

/// <summary>The program on a real pseudo-terminal with somebody who waits for a question before typing.</summary>
internal sealed class Conversation : IDisposable
{
    private const string Script = "/usr/bin/script";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _limit = new(Limit);
    private readonly StringBuilder _shown = new();
    private readonly Process _process;

    private Conversation(Process process) => _process = process;

    /// <summary>Everything the terminal showed, echo included.</summary>
    public string Shown => _shown.ToString();

    /// <summary>Skips the test where there is no <c>script</c> (util-linux) to make a terminal with.</summary>
    /// <param name="shellLine">What runs on the terminal.</param>
    public static Conversation Start(string shellLine, IReadOnlyDictionary<string, string> variables)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Script)) Assert.Skip("A pseudo-terminal needs script(1) of util-linux.");
        var start = new ProcessStartInfo(Script, ["-qec", shellLine, "/dev/null"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    public async Task UntilAsync(string text)
    {
        var buffer = new char[256];
        while (!Shown.Contains(text, StringComparison.Ordinal))
        {
            var read = await _process.StandardOutput.ReadAsync(buffer, _limit.Token);
            if (read == 0) throw new InvalidOperationException($"It ended without '{text}': {Shown}");
            _shown.Append(buffer, 0, read);
        }
    }

    public async Task TypeAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        _process.StandardInput.Close();
        _shown.Append(await _process.StandardOutput.ReadToEndAsync(_limit.Token));
        await _process.WaitForExitAsync(_limit.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _limit.Dispose();
    }
}
