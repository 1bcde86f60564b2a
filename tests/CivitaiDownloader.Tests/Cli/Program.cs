using System.Diagnostics;
using System.Text.Json;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>What a run of the program came to.</summary>
internal sealed record Ran(int ExitCode, string Output, string Error)
{
    public JsonElement Json => Parse(Output);

    public JsonElement ErrorJson => Parse(Error.Trim().Split('\n')[^1]).GetProperty("error");

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

/// <summary>The program as people start it: a process of its own. <c>./test</c> gives the published executable, else the one built with the tests.</summary>
internal sealed class Program(string home, string library, Uri? endpoint = null)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static readonly string Executable = Environment.GetEnvironmentVariable("CIVITAI_DL_PROGRAM") is { Length: > 0 } given
        ? given
        : Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "civitai-dl.exe" : "civitai-dl");

    public Dictionary<string, string> Variables { get; } = new();

    /// <summary>Where it is started; null for where the tests are.</summary>
    public string? WorkingFolder { get; set; }

    /// <summary>Written to the program's standard input, which is closed after it.</summary>
    public string Input { get; set; } = "";

    public Task<Ran> RunAsync(params string[] arguments) => RunFileAsync(Executable, arguments);

    /// <summary>Runs another program in this one's surroundings: a terminal, a shell.</summary>
    public async Task<Ran> RunFileAsync(string file, params string[] arguments)
    {
        using var process = StartFile(file, arguments);
        await process.StandardInput.WriteAsync(Input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{file} {string.Join(' ', arguments)} did not end. It had said: {await error}");
        }

        return new(process.ExitCode, await output, await error);
    }

    public Process Start(params string[] arguments) => StartFile(Executable, arguments);

    public Process StartFile(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = WorkingFolder ?? "" };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("CIVITAI", StringComparison.OrdinalIgnoreCase)).ToArray()) start.Environment.Remove(name);
        start.Environment["CIVITAI_DL_HOME"] = home;
        start.Environment["CIVITAI_DL_LIBRARY"] = library;
        if (endpoint is not null) start.Environment["CIVITAI_ENDPOINT"] = endpoint.AbsoluteUri;
        foreach (var (name, value) in Variables) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
