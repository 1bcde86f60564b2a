using System.CommandLine;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Completion;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;

namespace CivitaiDownloader.Cli.Info;

/// <summary><c>civitai-dl info TARGET</c></summary>
internal static class InfoCommand
{
    private static readonly Argument<string> Target = new("TARGET") { Description = "A model id, MODEL@VERSION, a page or download address, an AIR, or sha256:HASH." };

    public static Command Make()
    {
        var command = new DocumentedCommand("info", "Shows a model: its versions, files, hashes, licence, and what is in the library.",
            [
                new("civitai-dl info 4201"),
            ],
            exits: [ExitCodes.Done, ExitCodes.Failed, ExitCodes.Usage, ExitCodes.Refused, ExitCodes.NotFound, ExitCodes.Network, ExitCodes.Interrupted, ExitCodes.OutputClosed])
        {
            Target,
        };
        Target.Validators.Add(Parsing.RefuseOptions);
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var services = invocation.Services;
        var target = new TargetParser(services.Http.Endpoint).Parse(invocation.Parse.GetValue(Target)!);
        var model = await services.Targets.ModelAsync(target, invocation.Cache, cancellationToken);
        new RecentModels(services.Home).Note([model]);
        if (invocation.IsJson) WriteJson(model, invocation);
        else new InfoPage(invocation.Screen, services).Write(model, target);
        return ExitCodes.Done;
    }

    private static void WriteJson(Model model, Invocation invocation)
    {
        var library = invocation.Services.Library;
        var present = model.Versions.SelectMany(version => version.Files).Where(file => library.Find(file) is not null).Select(file => file.Id.Value).ToHashSet();
        using var output = new JsonOutput();
        ServedJson.WriteFiles(output.Writer, model.Json, present.Contains);
    }
}
