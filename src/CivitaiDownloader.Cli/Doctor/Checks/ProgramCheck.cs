using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Doctor.Checks;

/// <summary>What runs, and on what. Always well; the first thing a report needs.</summary>
internal sealed class ProgramCheck() : Check("program")
{
    public override Task<CheckResult> RunAsync(Diagnosis diagnosis, CancellationToken cancellationToken) => Task.FromResult(CheckResult.Ok(
        $"{VersionText.Name} · {VersionText.Runtime} · {VersionText.Machine} · {Environment.ProcessorCount} CPUs, {ByteSize.Format(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)} memory"));
}
