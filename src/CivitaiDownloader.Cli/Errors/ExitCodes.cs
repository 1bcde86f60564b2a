using CivitaiDownloader.Audit;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Sources;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Cli.Errors;

/// <summary>The one place where a fault becomes an exit code.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Partly = 3;
    public const int Refused = 4;
    public const int NotFound = 5;
    public const int Network = 6;
    public const int Damaged = 7;
    public const int Dangerous = 8;
    public const int NoSpace = 9;
    public const int Interrupted = 130;

    /// <summary>Whoever read the output has stopped reading (128 + SIGPIPE, as a shell has it).</summary>
    public const int OutputClosed = 141;

    /// <summary>What a person reads about each; a command's help lists its own.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> Meanings =
    [
        (Done, "done"), (Failed, "failed"), (Usage, "the command line or a setting has a mistake"), (Partly, "partly done"), (Refused, "sign-in needed or access refused"), (NotFound, "not found or gone"),
        (Network, "network or throttled"), (Damaged, "damaged: hash or size"), (Dangerous, "dangerous content"), (NoSpace, "no space"), (Interrupted, "interrupted"), (OutputClosed, "nobody reads the output any more"),
    ];

    /// <summary>For a disk that refuses.</summary>
    public static int OfDisk(Exception refused) => DiskFull.Caused(refused) ? NoSpace : Failed;

    public static int Of(Exception failure) => failure switch
    {
        UsageException mistake => mistake.ExitCode,
        OutputRefusedException full => full.IsDiskFull ? NoSpace : Failed,
        FormatException => Usage,
        OperationCanceledException => Interrupted,
        CatalogException catalog => Of(catalog.Fault),
        TransferException transfer => Of(transfer.Fault),
        HttpException { Fault: HttpFault.AddressRefused } => Failed,
        HttpException => Network,
        LibraryException { Fault: LibraryFault.TemplateInvalid or LibraryFault.NameTooLong or LibraryFault.NotARegularFile } => Usage,
        LibraryException { Fault: LibraryFault.NoSpace } => NoSpace,
        LibraryException { Fault: LibraryFault.NoSuchPath } => NotFound,
        StorageException { Fault: StorageFault.NoSpace } => NoSpace,
        AuditException { InnerException: { } cause } => OfDisk(cause),
        JobException job => Of(job.Fault),
        SourceException source => Of(source.Fault),
        PlanException { InnerException: { } cause } => Of(cause),
        _ => Failed,
    };

    private static int Of(CatalogFault fault) => fault switch
    {
        CatalogFault.NotFound or CatalogFault.Archived or CatalogFault.NoSuchFile => NotFound,
        CatalogFault.SignInRequired or CatalogFault.KeyRejected or CatalogFault.DownloadsDisabled or CatalogFault.EarlyAccess
            or CatalogFault.AccessRefused or CatalogFault.RegionBlocked => Refused,
        CatalogFault.InvalidRequest or CatalogFault.AmbiguousFile or CatalogFault.AmbiguousNumber => Usage,
        _ => Network,
    };

    private static int Of(JobFault fault) => fault switch
    {
        JobFault.NoSuchJob => NotFound,
        JobFault.AmbiguousName => Usage,
        _ => Failed,
    };

    private static int Of(SourceFault fault) => fault switch
    {
        SourceFault.Missing or SourceFault.NotListed => NotFound,
        SourceFault.Empty or SourceFault.NotAList => Usage,
        _ => Failed,
    };

    private static int Of(TransferFault fault) => fault switch
    {
        TransferFault.Unreachable or TransferFault.SourceFailing or TransferFault.LinkRefused => Network,
        TransferFault.SourceGone => NotFound,
        TransferFault.SourceChanged or TransferFault.NotAFile or TransferFault.WrongLength or TransferFault.Damaged => Damaged,
        TransferFault.DiskFull => NoSpace,
        _ => Failed,
    };
}
