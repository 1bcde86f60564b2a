using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Accounts;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Doctor.Checks;

/// <summary>The site accepts the key. Having none is no disorder.</summary>
internal sealed class KeyCheck() : ServiceCheck("key")
{
    private const string Account = "https://civitai.com/user/account";

    protected override async Task<CheckResult> RunAsync(Diagnosis diagnosis, CliServices services, CancellationToken cancellationToken)
    {
        if (diagnosis.KeyFailure is { } failure) return CheckResult.Problem(failure, cancellationToken);
        if (diagnosis.IsKeyHeldBack) return CheckResult.Skipped($"{AccountKey.Variable} is set; it is not tried while the settings have a mistake, which may hide the site it is for.");
        if (diagnosis.Settings.Key is null) return CheckResult.Skipped("None is set", $"Many files do without. One is made at {Account} and stored with `civitai-dl login`, or set as CIVITAI_API_KEY.");
        if (services.Http.Offline) return CheckResult.Skipped("One is set; offline it is not tried.");
        if (!await AnswersAsync(diagnosis, cancellationToken)) return CheckResult.Skipped("One is set; it cannot be tried while the endpoint does not answer.");
        if (await services.Get<AccountReader>().FindAsync(cancellationToken) is not { } account)
            return new(CheckStatus.Problem, "The site does not accept the key") { Hint = $"It is wrong, expired or revoked: make another at {Account} and store it with `civitai-dl login`, or set it as CIVITAI_API_KEY. Until then every request is an anonymous one.", ExitCode = ExitCodes.Refused };
        var said = $"Of {VisibleText.OneLine(account.Username ?? $"account {account.Id}", 60)}{(account.Tier is { } tier ? $", tier {VisibleText.OneLine(tier, 40)}" : "")}";
        return account.Status is null or "active" ? CheckResult.Ok(said) : CheckResult.Warning($"{said}, which is {VisibleText.OneLine(account.Status, 40)}", "The site may refuse what needs an account. See your account page.");
    }

    private static async Task<bool> AnswersAsync(Diagnosis diagnosis, CancellationToken cancellationToken)
    {
        try
        {
            return (await diagnosis.EndpointAsync().WaitAsync(cancellationToken)).Fault is not { Fault: CatalogFault.RegionBlocked or CatalogFault.PageAnswer or CatalogFault.ServerFailing };
        }
        catch (HttpException)
        {
            return false;
        }
    }
}
