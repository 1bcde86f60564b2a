using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Get;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Sandbox;

namespace CivitaiDownloader.Cli.Demo;

/// <summary><c>civitai-dl demo</c>: the main job against the Sandbox, over real HTTP, with everything that runs otherwise.</summary>
internal static class DemoCommand
{
    private static readonly Option<bool> NoServe = new("--no-serve") { Description = "End when the downloads are done. (There is nothing to serve yet: without effect.)" };

    public static Command Make()
    {
        var command = new DocumentedCommand("demo", "Does the main job against a working host on this machine.",
            [
                new("civitai-dl demo"),
            ],
            "It searches, plans, downloads, resumes, verifies, refuses and places, with the code of every other command.\nIt takes some seconds and needs neither key nor network.",
            [ExitCodes.Done, ExitCodes.Failed, ExitCodes.Usage, ExitCodes.Interrupted])
        {
            NoServe,
        };
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var sandbox = await SandboxHost.StartAsync(new(), cancellationToken);
        var folder = Directory.CreateTempSubdirectory("civitai-dl-demo-").FullName;
        // What is set for the real site has no say here, but for where the files go.
        var library = invocation.Parse.GetValue(GlobalOptions.Library) ?? Path.Combine(folder, "library");
        var settings = SettingsLoader.ForDemo(Path.Combine(folder, "home"), library, sandbox.Api);
        using var services = CliServices.Build(settings, invocation.Screen);
        var tour = new DemoTour(sandbox, services, invocation.Screen);
        var outcomes = await tour.RunAsync(cancellationToken);
        if (invocation.IsJson) GetJson.Write(outcomes);
        return tour.EndedAsItShould(outcomes) ? ExitCodes.Done : ExitCodes.Failed;
    }
}
