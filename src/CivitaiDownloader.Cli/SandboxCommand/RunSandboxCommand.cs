using System.CommandLine;
using System.Globalization;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Faults;

namespace CivitaiDownloader.Cli.SandboxCommand;

/// <summary><c>civitai-dl sandbox</c>: a Civitai-compatible host on this machine, until it is interrupted.</summary>
internal static class RunSandboxCommand
{
    private static readonly Option<int> Port = new("--port") { Description = "The API host's port; default any free one.", HelpName = "PORT" };
    private static readonly Option<bool> Https = new("--https") { Description = "Serve HTTPS with a certificate made at start." };
    private static readonly Option<string?> Certificate = new("--certificate") { Description = "Where to write that certificate (PEM), for SSL_CERT_FILE.", HelpName = "FILE" };
    private static readonly Option<int> Models = new("--models") { Description = "How many models besides the curated ones. Default 300.", HelpName = "N", DefaultValueFactory = _ => 300 };
    private static readonly Option<int> Seed = new("--seed") { Description = "Makes another catalogue.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private static readonly Option<string[]> Faults = new("--fault") { Description = "Let something go wrong: cut@4219=1000000*3 cuts the connection after a million bytes, three times. May be repeated.", HelpName = "FAULT" };

    public static Command Make()
    {
        var command = new DocumentedCommand("sandbox", "Runs a Civitai-compatible host with sample models on this machine.",
            [
                new("civitai-dl sandbox --port 8123"),
            ],
            "Then, in another terminal: civitai-dl --endpoint http://127.0.0.1:8123 get 4201")
        {
            Port, Https, Certificate, Models, Seed, Faults,
        };
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var parse = invocation.Parse;
        var faults = (parse.GetValue(Faults) ?? []).Select(ReadFault).ToArray();
        await using var sandbox = await StartAsync(parse, cancellationToken);
        foreach (var fault in faults) sandbox.Faults.Add(fault);
        if (parse.GetValue(Certificate) is { } path && sandbox.Certificate is { } certificate) await File.WriteAllTextAsync(path, certificate.ExportCertificatePem() + "\n", cancellationToken);
        if (invocation.IsJson) WriteJson(sandbox);
        else Describe(sandbox, invocation.Screen);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            invocation.Screen.Say("Stopped.");
        }

        return ExitCodes.Done;
    }

    private static Fault ReadFault(string text)
    {
        try
        {
            return FaultText.Parse(text);
        }
        catch (FormatException none)
        {
            throw new UsageException("usage", none.Message) { Hint = "Nothing was started." };
        }
    }

    private static async Task<SandboxHost> StartAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var port = parse.GetValue(Port);
        if (port is < 0 or > 65535) throw new UsageException("usage", $"'{port}' is not a port: give a number from 0 (any free one) to 65535") { Hint = "Nothing was done." };
        try
        {
            return await SandboxHost.StartAsync(new() { Port = port, Https = parse.GetValue(Https), Models = Math.Max(0, parse.GetValue(Models)), Seed = parse.GetValue(Seed) }, cancellationToken);
        }
        catch (IOException taken)
        {
            throw new UsageException("port-taken", $"Port {port} cannot be used: {taken.Message}") { Hint = "Choose another with --port, or leave it out for any free one." };
        }
    }

    private static void Describe(SandboxHost sandbox, Screen screen)
    {
        screen.Output.WriteLine($"Sandbox with {sandbox.Catalogue.All.Count.ToString("N0", CultureInfo.InvariantCulture)} sample models, until Ctrl-C:");
        screen.Output.WriteLine($"  API      {sandbox.Api}");
        screen.Output.WriteLine($"  storage  {sandbox.Storage}");
        screen.Output.WriteLine($"  images   {sandbox.Images}");
        screen.Output.WriteLine($"  key      {SandboxOptions.DefaultKey}");
        screen.Output.WriteLine($"Try: civitai-dl --endpoint {sandbox.Api.ToString().TrimEnd('/')} search ink");
        screen.Output.Flush();
    }

    private static void WriteJson(SandboxHost sandbox)
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        json.WriteString("api", sandbox.Api.ToString());
        json.WriteString("storage", sandbox.Storage.ToString());
        json.WriteString("images", sandbox.Images.ToString());
        json.WriteString("key", SandboxOptions.DefaultKey);
        json.WriteEndObject();
    }
}
