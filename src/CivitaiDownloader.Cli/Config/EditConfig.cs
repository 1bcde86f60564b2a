using System.Text;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Primitives;
using Microsoft.Extensions.Options;

namespace CivitaiDownloader.Cli.Config;

/// <summary><c>config edit</c>: a draft beside config.json goes through the editor, and takes its place when it has no mistake.</summary>
internal static class EditConfig
{
    private const string FirstText = "{\n  // `civitai-dl config list` shows every setting, such as\n  // \"Library\": { \"Root\": \"/models\" },\n}\n";

    public static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var path = ConfigFile.PathOf(invocation.Parse);
        var draft = Path.Combine(Path.GetDirectoryName(path)!, "config.draft.json");
        var before = SettingsFile.ReadText(path) ?? Encoding.UTF8.GetBytes(FirstText);
        if (File.Exists(draft)) invocation.Screen.Say($"Going on with what was written before, in {draft}.");
        else ConfigFile.Write(draft, before);
        await EditUntilGoodAsync(invocation, path, draft, cancellationToken);
        var after = SettingsFile.ReadText(draft) ?? [];
        var isChanged = !after.AsSpan().SequenceEqual(before);
        if (isChanged) ConfigFile.Write(path, after);
        File.Delete(draft);
        invocation.Screen.Say(isChanged ? $"{path} is changed." : "Nothing was changed.");
        if (invocation.IsJson) WriteJson(path, isChanged);
        return ExitCodes.Done;
    }

    private static async Task EditUntilGoodAsync(Invocation invocation, string path, string draft, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Editor.RunAsync(draft, cancellationToken);
            if (Mistake(path, draft) is not { } mistake) return;
            if (Console.IsInputRedirected || !WantsAnother(invocation.Screen, mistake)) throw ConfigErrors.DraftRefused(mistake, draft);
        }
    }

    private static Exception? Mistake(string path, string draft)
    {
        try
        {
            SettingsCheck.All(SettingsLoader.Make(Path.GetDirectoryName(path)!, SettingsFile.Read(draft)));
            return null;
        }
        catch (Exception refused) when (refused is CivitaiDownloaderException or OptionsValidationException)
        {
            return refused;
        }
    }

    private static bool WantsAnother(Screen screen, Exception mistake)
    {
        screen.Error.WriteLine($"{screen.ErrorInk.Bad("error:")} {VisibleText.OneLine(mistake.Message, 1000)}");
        screen.Error.Write("Edit again? [Y/n] ");
        return Console.In.ReadLine() is { } answer && !answer.Trim().StartsWith("n", StringComparison.OrdinalIgnoreCase);
    }

    private static void WriteJson(string path, bool isChanged)
    {
        using var output = new JsonOutput();
        output.Writer.WriteStartObject();
        output.Writer.WriteString("path", path);
        output.Writer.WriteBoolean("changed", isChanged);
        output.Writer.WriteEndObject();
    }
}
