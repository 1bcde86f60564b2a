using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;

namespace CivitaiDownloader.Cli.Config;

/// <summary><c>civitai-dl config</c>: what is set, where it comes from, and changing it.</summary>
internal static class ConfigCommand
{
    private static readonly Argument<string> Key = new("KEY") { Description = "A setting such as Transfer:StallTimeout; `civitai-dl config list` shows every one." };
    private static readonly Argument<string> Value = new("VALUE") { Description = "Times are written 00:00:30, sizes in bytes." };

    public static Command Make()
    {
        var command = new DocumentedCommand("config", "Shows and changes settings.",
            [
                new("civitai-dl config list", "Every setting, its value, where it comes from and what it means"),
                new("civitai-dl config set Transfer:StallTimeout 00:01:00"),
            ],
            "A flag comes before a variable, a variable before config.json, and that before the default.")
        {
            List(), Get(), Set(), Unset(), Location(), Edit(),
        };
        return command;
    }

    private static DocumentedCommand List() => With(new("list", "Shows every setting: its value, where it comes from, what it means and what is allowed.",
        [
            new("civitai-dl config list"),
            new("civitai-dl config list --set Http:MaxAttempts=2 --json", "As one JSON document, with a setting changed for this run"),
        ]), ListSettings.RunAsync);

    private static DocumentedCommand Get() => With(new("get", "Prints the value of one setting.", [new("civitai-dl config get Library:Root")]) { Key },
        (invocation, _) => ListSettings.RunOneAsync(invocation, invocation.Parse.GetValue(Key)!));

    private static DocumentedCommand Set() => With(new("set", "Changes a setting in config.json.",
        [
            new("civitai-dl config set Library:WritePreview false"),
            new("civitai-dl config set Library:Template '{type}/{creator}/{fileName}'"),
        ],
        "The value is checked first. Comments and everything else in the file stay as they are.") { Key, Value },
        (invocation, _) => ChangeSetting.SetAsync(invocation, invocation.Parse.GetValue(Key)!, invocation.Parse.GetValue(Value)!));

    private static DocumentedCommand Unset() => With(new("unset", "Takes a setting out of config.json.", [new("civitai-dl config unset Library:WritePreview")]) { Key },
        (invocation, _) => ChangeSetting.UnsetAsync(invocation, invocation.Parse.GetValue(Key)!));

    private static DocumentedCommand Location() => With(new("path", "Prints where config.json is, or would be.", [new("civitai-dl config path")]), ListSettings.RunPathAsync);

    private static DocumentedCommand Edit() => With(new("edit", "Opens config.json in an editor and checks it afterwards.",
        [
            new("EDITOR=cat civitai-dl config edit", "Any program that takes a file works as an editor; this one only shows it"),
        ],
        "The editor is VISUAL, else EDITOR. What you write takes effect only when it has no mistake."), EditConfig.RunAsync);

    private static DocumentedCommand With(DocumentedCommand command, Func<Invocation, CancellationToken, Task<int>> run)
    {
        command.SetAction(Invocation.Action(run));
        return command;
    }
}
