using System.CommandLine;
using CivitaiDownloader.Catalog.Accounts;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Cli.Accounts;

/// <summary><c>civitai-dl whoami</c>: whose key it is, where it comes from and what it may do.</summary>
internal static class WhoamiCommand
{
    public static Command Make()
    {
        var command = new DocumentedCommand("whoami", "Shows whose API key is used, where it comes from and what it may do.",
            [
                new("CIVITAI_API_KEY=sandbox-key civitai-dl whoami"),
            ],
            "Without a key, or with one that the site does not accept, it ends with code 4.");
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var settings = invocation.Settings;
        var services = invocation.Services;
        var endpoint = services.Http.Endpoint;
        var store = new KeyStore(settings.Home);
        if (settings.Key is null) throw AccountErrors.NotSignedIn(endpoint, store.Sites());
        var from = settings.KeySource == KeySource.Environment ? AccountKey.Variable : store.File;
        var account = await services.Get<AccountReader>().FindAsync(cancellationToken) ?? throw AccountErrors.NoLongerAccepted(endpoint, from);
        var report = new AccountReport(account, endpoint, settings.KeySource, from);
        if (invocation.IsJson) report.WriteJson();
        else report.Write(invocation.Screen);
        return ExitCodes.Done;
    }
}
