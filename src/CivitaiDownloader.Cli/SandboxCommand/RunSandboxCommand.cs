using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net.Sockets;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Faults;

namespace CivitaiDownloader.Cli.SandboxCommand;

/// <summary><c>civitai-dl sandbox</c>: a Civitai-compatible host on this machine, until it is interrupted.</summary>
internal static class RunSandboxCommand
{
    private const int MostModels = 100_000;

    private static readonly Option<int> Port = PortOption("--port", "The API host's port; 0 or nothing for any free one.");
    private static readonly Option<int> StoragePort = PortOption("--storage-port", "The storage host's port.");
    private static readonly Option<int> ImagesPort = PortOption("--images-port", "The image host's port.");
    private static readonly Option<bool> Https = new("--https") { Description = "Serve HTTPS with a certificate made at start." };
    private static readonly Option<string?> Certificate = new("--certificate") { Description = "Where to write that certificate (PEM), for SSL_CERT_FILE. Needs --https.", HelpName = "FILE" };
    private static readonly Option<int> Models = new("--models") { Description = $"How many models besides the curated ones, 0 to {MostModels}. Default 300.", HelpName = "N", DefaultValueFactory = _ => 300, CustomParser = ModelCount };
    private static readonly Option<int> Seed = new("--seed") { Description = "Makes another catalogue.", HelpName = "N", DefaultValueFactory = _ => 1, CustomParser = SeedNumber };
    private static readonly Option<string?> Key = new("--key") { Description = $"The only key that is signed in. Default {SandboxOptions.DefaultKey}.", HelpName = "SECRET" };
    private static readonly Option<string[]> Fault = new("--fault") { Description = "Let something go wrong: cut@4219=1000000*3 cuts the connection after a million bytes, three times. May be repeated.", HelpName = "FAULT" };
    private static readonly Option<bool> ListFaults = new("--list-faults") { Description = "Show every kind of fault and stop." };
    private static readonly Option<bool> ListModels = new("--list-models") { Description = "Show the catalogue and stop." };

    public static Command Make()
    {
        var command = new DocumentedCommand("sandbox", "Runs a Civitai-compatible host with sample models on this machine.",
            [
                new("civitai-dl sandbox"),
                new("civitai-dl sandbox --models 0 --fault cut@4220=1000000*3", "The curated models only; the connection of one is cut three times"),
                new("civitai-dl sandbox --list-models --models 0", "What there is to get"),
                new("civitai-dl sandbox --list-faults", "What can go wrong"),
            ],
            "With --port 8123, in another terminal: civitai-dl --endpoint http://127.0.0.1:8123 get 4201\nIt ends with Ctrl-C or SIGTERM.",
            [ExitCodes.Done, ExitCodes.Failed, ExitCodes.Usage])
        {
            Port, StoragePort, ImagesPort, Https, Certificate, Models, Seed, Key, Fault, ListFaults, ListModels,
        };
        Fault.CompletionSources.Add([.. FaultGuide.All.Select(fault => fault.Amount.Length == 0 ? fault.Name : fault.Name + "=")]);
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var parse = invocation.Parse;
        if (parse.GetValue(ListFaults))
        {
            SandboxLists.Faults(invocation.Screen);
            return ExitCodes.Done;
        }

        var options = Options(parse);
        if (parse.GetValue(ListModels))
        {
            SandboxLists.Models(SandboxHost.CatalogueOf(options), invocation.Screen);
            return ExitCodes.Done;
        }

        var faults = (parse.GetValue(Fault) ?? []).Select(FaultText.Parse).ToArray();
        await using var sandbox = await StartAsync(options, cancellationToken);
        foreach (var fault in faults) sandbox.Faults.Add(fault);
        if (parse.GetValue(Certificate) is { } path) await SaveAsync(sandbox, path, cancellationToken);
        if (invocation.IsJson) WriteJson(sandbox, options.Key!);
        else Describe(sandbox, options.Key!, invocation.Screen);
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

    private static SandboxOptions Options(ParseResult parse)
    {
        if (parse.GetValue(Certificate) is not null && !parse.GetValue(Https)) throw new UsageException("usage", "--certificate needs --https: over HTTP there is none") { Hint = "Add --https. Nothing was done." };
        return new()
        {
            Port = parse.GetValue(Port), StoragePort = parse.GetValue(StoragePort), ImagesPort = parse.GetValue(ImagesPort),
            Https = parse.GetValue(Https), Models = parse.GetValue(Models), Seed = parse.GetValue(Seed),
            Key = parse.GetValue(Key) is { } text ? ApiKey.Parse(text)?.Reveal() ?? throw new UsageException("usage", "--key is empty") { Hint = "Nothing was done." } : SandboxOptions.DefaultKey,
        };
    }

    private static async Task<SandboxHost> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await SandboxHost.StartAsync(options, cancellationToken);
        }
        catch (Exception taken) when (taken is IOException or SocketException)
        {
            var ports = string.Join(", ", new[] { options.Port, options.StoragePort, options.ImagesPort }.Where(port => port != 0));
            throw new UsageException("port-taken", $"Port {ports} cannot be used: {VisibleText.OneLine(taken.Message)}") { Hint = "Choose another with --port, or leave it out for any free one. Nothing was started." };
        }
    }

    private static async Task SaveAsync(SandboxHost sandbox, string path, CancellationToken cancellationToken)
    {
        try
        {
            await sandbox.SaveCertificateAsync(path, cancellationToken);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UsageException("usage", $"The certificate cannot be written to '{VisibleText.OneLine(path)}': {VisibleText.OneLine(refused.Message)}") { Hint = "Choose another file with --certificate. Nothing was started." };
        }
    }

    private static void Describe(SandboxHost sandbox, string key, Screen screen)
    {
        screen.Output.WriteLine($"Sandbox with {Quantity.Number(sandbox.Catalogue.All.Count)} sample models, until Ctrl-C:");
        screen.Output.WriteLine($"  API      {sandbox.Api}");
        screen.Output.WriteLine($"  storage  {sandbox.Storage}");
        screen.Output.WriteLine($"  images   {sandbox.Images}");
        screen.Output.WriteLine($"  key      {key}");
        screen.Output.WriteLine($"Try: civitai-dl --endpoint {sandbox.Api.ToString().TrimEnd('/')} search ink");
        screen.Output.Flush();
    }

    private static void WriteJson(SandboxHost sandbox, string key)
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        json.WriteString("api", sandbox.Api.ToString());
        json.WriteString("storage", sandbox.Storage.ToString());
        json.WriteString("images", sandbox.Images.ToString());
        json.WriteString("key", key);
        json.WriteEndObject();
    }

    private static Option<int> PortOption(string name, string description) => new(name) { Description = description, HelpName = "PORT", CustomParser = PortNumber };

    private static int PortNumber(ArgumentResult result) => Whole(result, 65535, "port: give a number from 0 (any free one) to 65535");

    private static int ModelCount(ArgumentResult result) => Whole(result, MostModels, $"number of models: give one from 0 to {MostModels}");

    private static int SeedNumber(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)) return seed;
        result.AddError($"'{VisibleText.OneLine(text, 40)}' is not a seed: give a whole number from {int.MinValue} to {int.MaxValue}.");
        return 0;
    }

    private static int Whole(ArgumentResult result, int most, string what)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most) return number;
        result.AddError($"'{VisibleText.OneLine(text, 40)}' is not a {what}.");
        return 0;
    }
}
