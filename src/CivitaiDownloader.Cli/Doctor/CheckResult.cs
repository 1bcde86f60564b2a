using CivitaiDownloader.Cli.Errors;

namespace CivitaiDownloader.Cli.Doctor;

internal enum CheckStatus
{
    Ok,

    /// <summary>It works, less well than it could.</summary>
    Warning,

    /// <summary>Something will not work.</summary>
    Problem,

    /// <summary>It does not apply, or what it needs failed.</summary>
    Skipped,
}

/// <summary>What a check came to: harmless text without secrets, fit to be pasted anywhere.</summary>
internal sealed record CheckResult(CheckStatus Status, string Message)
{
    /// <summary>What to do.</summary>
    public string? Hint { get; init; }

    /// <summary>For a problem: what the program would end with.</summary>
    public int ExitCode { get; init; } = ExitCodes.Failed;

    public static CheckResult Ok(string message) => new(CheckStatus.Ok, message);

    public static CheckResult Warning(string message, string hint) => new(CheckStatus.Warning, message) { Hint = hint };

    public static CheckResult Skipped(string message, string? hint = null) => new(CheckStatus.Skipped, message) { Hint = hint };

    /// <summary>All of them in one: what the first says to do, and its code.</summary>
    public static CheckResult Problem(IReadOnlyList<Exception> failures, CancellationToken cancellationToken) =>
        Problem(failures[0], cancellationToken) with { Message = string.Join("; ", failures.Select(failure => ErrorReport.Of(failure, cancellationToken).Message).Distinct()) };

    public static CheckResult Problem(Exception failure, CancellationToken cancellationToken)
    {
        var report = ErrorReport.Of(failure, cancellationToken);
        return new(CheckStatus.Problem, report.Message) { Hint = report.Hint, ExitCode = report.ExitCode };
    }
}
