namespace CivitaiDownloader.Cli.Doctor;

/// <summary>One thing that can be well or not.</summary>
internal abstract class Check(string name)
{
    public string Name => name;

    public abstract Task<CheckResult> RunAsync(Diagnosis diagnosis, CancellationToken cancellationToken);
}

/// <summary>A check that needs the program's parts.</summary>
internal abstract class ServiceCheck(string name) : Check(name)
{
    public sealed override Task<CheckResult> RunAsync(Diagnosis diagnosis, CancellationToken cancellationToken) => RunAsync(diagnosis, diagnosis.Services, cancellationToken);

    protected abstract Task<CheckResult> RunAsync(Diagnosis diagnosis, Settings.CliServices services, CancellationToken cancellationToken);
}
