using System.CommandLine;
using CivitaiDownloader.Catalog.Accounts;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Cli.Accounts;

/// <summary><c>civitai-dl login</c>: a key, checked with the site, then stored for it.</summary>
internal static class LoginCommand
{
    private static readonly Option<bool> NoCheck = new("--no-check") { Description = "Store the key without asking the site whether it is good." };

    // A key on the command line is in the shell's history and in every list of processes.
    private static readonly Argument<string[]> Words = new("KEY") { Arity = ArgumentArity.ZeroOrMore, Hidden = true };

    public static Command Make()
    {
        var command = new DocumentedCommand("login", "Stores an API key, read from standard input or asked for without showing it.",
            [
                new("echo sandbox-key | civitai-dl login", "This key is the Sandbox's; make yours at https://civitai.com/user/account"),
            ],
            "The site is asked whether the key is good before it is stored, in a file that only you can read.\nIt goes to the site it was stored for, and to no other. CIVITAI_API_KEY comes before it.")
        {
            NoCheck, Words,
        };
        Words.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0) result.AddError("The key does not go on the command line, where the shell's history and other programs see it: give it on standard input, or run `civitai-dl login` and paste it.");
        });
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var settings = SettingsLoader.LoadAnonymous(invocation.Parse);
        SettingsCheck.All(settings);
        var endpoint = AccountKey.Endpoint(settings)!;
        var key = await KeyInput.ReadAsync(endpoint, cancellationToken);
        Account? account = null;
        using var services = CliServices.Build(settings with { Key = key }, invocation.Screen);
        if (services.Http.Offline && !invocation.Parse.GetValue(NoCheck)) throw new UsageException("usage", "Offline the site cannot be asked whether the key is good") { Hint = "Leave out --offline, or store it unchecked with --no-check. Nothing was stored." };
        if (!invocation.Parse.GetValue(NoCheck)) account = await services.Get<AccountReader>().FindAsync(cancellationToken) ?? throw AccountErrors.Rejected(endpoint);
        var store = new KeyStore(settings.Home);
        store.Keep(new(endpoint, key, account is null ? null : services.Time.GetUtcNow()));
        Report(invocation, new(account, endpoint, KeySource.Stored, store.File));
        return ExitCodes.Done;
    }

    private static void Report(Invocation invocation, AccountReport report)
    {
        if (report.Account is null) invocation.Screen.Warn("the key was stored without asking the site; `civitai-dl whoami` asks it.");
        if (AccountKey.IsInEnvironment) invocation.Screen.Warn($"{AccountKey.Variable} is set and comes before the stored key.");
        if (invocation.IsJson) report.WriteJson();
        else report.Write(invocation.Screen);
    }
}
