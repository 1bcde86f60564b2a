using System.Text.Json;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;

namespace CivitaiDownloader.Cli.Config;

/// <summary><c>config list</c>, <c>config get</c> and <c>config path</c>. A value out of bounds is shown as it is: this is where one looks for it.</summary>
internal static class ListSettings
{
    public static Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var settings = SettingsLoader.LoadAnonymous(invocation.Parse);
        if (invocation.IsJson) WriteJson(settings);
        else new SettingsPage(invocation.Screen).Write(settings);
        return Task.FromResult(ExitCodes.Done);
    }

    public static Task<int> RunOneAsync(Invocation invocation, string key)
    {
        var setting = KnownSettings.Require(key, "'config get'");
        var settings = SettingsLoader.LoadAnonymous(invocation.Parse);
        if (invocation.IsJson)
        {
            using var output = new JsonOutput();
            Write(output.Writer, setting, settings.ValueOf(setting));
        }
        else
        {
            invocation.Screen.Output.WriteLine(DisplayText.Harmless(setting.Form.Shown(settings.ValueOf(setting).Value)));
        }

        invocation.Screen.Output.Flush();
        if (SettingsCheck.MistakeOf(setting, settings) is { } mistake) throw mistake; // a script that reads a value must not go on with one that no command takes
        return Task.FromResult(ExitCodes.Done);
    }

    // The file itself is not read: this must work when it has a mistake.
    public static Task<int> RunPathAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var path = ConfigFile.PathOf(invocation.Parse);
        if (!invocation.IsJson)
        {
            invocation.Screen.Output.WriteLine(path);
            return Task.FromResult(ExitCodes.Done);
        }

        using var output = new JsonOutput();
        output.Writer.WriteStartObject();
        output.Writer.WriteString("path", path);
        output.Writer.WriteBoolean("exists", File.Exists(path));
        output.Writer.WriteEndObject();
        return Task.FromResult(ExitCodes.Done);
    }

    private static void WriteJson(CliSettings settings)
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        json.WriteStartArray("settings");
        foreach (var setting in KnownSettings.All) Write(json, setting, settings.ValueOf(setting));
        json.WriteEndArray();
        json.WriteString("path", settings.File);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Setting setting, SettingValue value)
    {
        json.WriteStartObject();
        json.WriteString("key", setting.Key);
        json.WriteString("value", setting.Form.Shown(value.Value));
        json.WriteString("default", setting.Default);
        json.WriteString("source", value.SourceName);
        json.WriteString("where", value.Where.Length > 0 ? value.Where : null);
        json.WriteString("type", setting.Form.Name);
        json.WriteString("allowed", setting.Form.Allowed);
        json.WriteBoolean("isAllowed", setting.Form.Accepts(value.Value));
        json.WriteString("description", setting.Description);
        json.WriteString("flag", setting.Flag);
        json.WriteString("variable", setting.Variable);
        json.WriteEndObject();
    }
}
