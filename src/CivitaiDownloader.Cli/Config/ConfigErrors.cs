using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Config;

/// <summary>Every message of <c>config</c> on one screen; those about values are in <see cref="Settings.SettingsErrors"/>.</summary>
internal static class ConfigErrors
{
    public static UsageException NotWritable(string path, Exception cause) => new("config-not-writable", $"'{VisibleText.OneLine(path)}' cannot be written: {DiskReason.Of(cause)}")
    { Hint = "Check the folder's permissions and its free space, or choose another with --home. The file is as it was.", ExitCode = ExitCodes.OfDisk(cause) };

    public static UsageException NoEditor() => new("no-editor", "No editor is set, and neither nano nor vi is here")
    { Hint = "Name one in EDITOR, or change a setting with `civitai-dl config set KEY VALUE`. Nothing was changed." };

    public static UsageException EditorNotStarted(string editor, Exception cause) => new("editor-failed", $"The editor '{VisibleText.OneLine(editor, 120)}' cannot be started: {VisibleText.OneLine(cause.Message)}")
    { Hint = "Correct VISUAL or EDITOR. Nothing was changed." };

    public static UsageException EditorFailed(string editor, int exitCode) => new("editor-failed", $"The editor '{VisibleText.OneLine(editor, 120)}' ended with code {exitCode}")
    { Hint = "Nothing was changed." };

    public static UsageException DraftRefused(Exception mistake, string draft) => new("settings", VisibleText.OneLine(mistake.Message, 1000))
    { Hint = $"config.json is as it was. What you wrote is kept in '{VisibleText.OneLine(draft)}': `civitai-dl config edit` goes on with it." };
}
