using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Cli.Accounts;

/// <summary><c>civitai-dl logout</c>: the stored key of the site is gone from this machine.</summary>
internal static class LogoutCommand
{
    public static Command Make()
    {
        var command = new DocumentedCommand("logout", "Removes the stored API key.",
            [
                new("civitai-dl logout"),
            ],
            "The key itself stays good until you delete it at https://civitai.com/user/account.");
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var settings = SettingsLoader.LoadAnonymous(invocation.Parse);
        var endpoint = AccountKey.Endpoint(settings) ?? new HttpOptions().Endpoint;
        var store = new KeyStore(settings.Home);
        var isRemoved = Remove(store, endpoint);
        var site = endpoint.GetLeftPart(UriPartial.Authority);
        invocation.Screen.Say(isRemoved switch
        {
            true => $"The key for {site} is removed from {store.File}. It stays good until you delete it on the site.",
            false => $"No key is stored for {site}; nothing was changed.",
            null => $"{store.File} could not be read as keys and is deleted, with whatever keys for other sites were in it.",
        });
        if (AccountKey.IsInEnvironment) invocation.Screen.Warn($"{AccountKey.Variable} is still set, and is used.");
        if (invocation.IsJson) WriteJson(site, isRemoved != false);
        return Task.FromResult(ExitCodes.Done);
    }

    /// <returns>Null when the file was no key file any more and was deleted whole.</returns>
    private static bool? Remove(KeyStore store, Uri endpoint)
    {
        try
        {
            return store.Remove(endpoint);
        }
        catch (KeyStoreException damaged) when (damaged.Fault == KeyStoreFault.Damaged)
        {
            File.Delete(store.File);
            return null;
        }
    }

    private static void WriteJson(string site, bool isRemoved)
    {
        using var output = new JsonOutput();
        output.Writer.WriteStartObject();
        output.Writer.WriteString("endpoint", site);
        output.Writer.WriteBoolean("removed", isRemoved);
        output.Writer.WriteBoolean("keyInEnvironment", AccountKey.IsInEnvironment);
        output.Writer.WriteEndObject();
    }
}
