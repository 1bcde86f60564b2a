using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;

namespace CivitaiDownloader.Cli.Doctor;

/// <summary><c>civitai-dl doctor</c></summary>
internal static class DoctorCommand
{
    public static Command Make()
    {
        var command = new DocumentedCommand("doctor", "Checks everything a download depends on, and says what to do.",
            [
                new("civitai-dl doctor"),
                new("civitai-dl doctor --json > doctor.json", "A report for a program"),
            ],
            "What it prints holds neither the key nor a proxy's password: it can go into a report as it is.\nIt exits with 0 when nothing is a problem, with the problems' code when all are of one kind, else with 1.",
            [ExitCodes.Done, ExitCodes.Failed, ExitCodes.Usage, ExitCodes.Refused, ExitCodes.Network, ExitCodes.NoSpace, ExitCodes.Interrupted]);
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var diagnosis = new Diagnosis(invocation.Parse, invocation.Screen, cancellationToken);
        var results = new DoctorRun(diagnosis, TimeProvider.System).RunAsync(cancellationToken);
        var found = invocation.IsJson ? await DoctorJson.WriteAsync(results) : await new DoctorScreen(invocation.Screen).WriteAsync(results);
        return DoctorRun.ExitCodeOf(found);
    }
}
