using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;

namespace CivitaiDownloader.Cli.Demo;

/// <summary><c>civitai-dl demo</c></summary>
internal static class DemoCommand
{
    private static readonly Option<bool> NoServe = new("--no-serve") { Description = "End when the downloads are done. (There is nothing to serve yet: without effect.)" };

    public static Command Make()
    {
        var command = new Command("demo", "Does the main job against a working host on this machine: search, plan, download, resume, verify, refuse, place.") { NoServe };
        command.SetAction(Invocation.Action((_, _) => Task.FromResult(0)));
        return command;
    }
}
