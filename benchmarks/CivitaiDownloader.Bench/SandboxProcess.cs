using System.Diagnostics;
using System.Text.Json;

namespace CivitaiDownloader.Bench;

/// <summary><c>civitai-dl sandbox</c> as a process of its own, so that its memory is not counted as ours.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private readonly Process _process;

    private SandboxProcess(Process process, string endpoint) => (_process, Endpoint) = (process, endpoint);

    public string Endpoint { get; }

    public static async Task<SandboxProcess> StartAsync(string program, int models)
    {
        var process = Process.Start(new ProcessStartInfo(program, ["sandbox", "--json", "--models", $"{models}"]) { RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The Sandbox did not start.");
        using var json = JsonDocument.Parse(line);
        return new(process, json.RootElement.GetProperty("api").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
