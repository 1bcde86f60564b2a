using System.Globalization;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

public enum PlanFault
{
    /// <summary>Nothing of what was named can be downloaded.</summary>
    AllFailed,

    /// <summary>A source broke off.</summary>
    CutShort,
}

/// <summary>There is no plan. The inner exception is the first thing that went wrong.</summary>
public sealed class PlanException(PlanFault fault, string message, CivitaiDownloaderException inner) : CivitaiDownloaderException(message, inner)
{
    public PlanFault Fault { get; } = fault;

    public override string Code => "plan-" + FaultName.ToCode(Fault.ToString());

    public override bool IsTransient => Fault == PlanFault.CutShort;
}

internal static class PlanErrors
{
    public static PlanException AllFailed(int count, string first, CivitaiDownloaderException why) => new(PlanFault.AllFailed,
        $"None of the {Number(count)} targets can be downloaded. The first, '{first}': {why.Message}", why)
    { Hint = $"{why.Hint} No job was made.".Trim() };

    public static PlanException CutShort(int files, CivitaiDownloaderException why) => new(PlanFault.CutShort,
        $"A source broke off after {Number(files)} files: {why.Message}", why)
    { Hint = $"Run the same command again: what was read is kept for some minutes. With --partial the {Number(files)} files become a job. No job was made." };

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
