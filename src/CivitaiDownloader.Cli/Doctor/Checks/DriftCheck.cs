namespace CivitaiDownloader.Cli.Doctor.Checks;

/// <summary>What the API has sent that this program does not know: fields, values, shapes. Harmless, but a sign that a newer civitai-dl may know more.</summary>
internal sealed class DriftCheck() : Check("api")
{
    public override Task<CheckResult> RunAsync(Diagnosis diagnosis, CancellationToken cancellationToken) =>
        Task.FromResult(CheckResult.Skipped("What the API has added is not recorded by this version."));
}
