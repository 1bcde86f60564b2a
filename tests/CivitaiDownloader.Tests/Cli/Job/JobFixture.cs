using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using CivitaiDownloader.Jobs;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Jobs.Store.Sqlite;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Storage;
using CivitaiDownloader.Http;
using CivitaiDownloader.Audit;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Library;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Job;

/// <summary>A Sandbox, a home, and the store in it, opened beside the program's own processes as any other program may.</summary>
public abstract class JobFixture : SandboxFixture
{
    private protected const int Medium = SampleIds.Medium * 100; // its file

    private readonly Lazy<(Database Database, SqliteJobStore Store)> _opened;

    /// <param name="parent">As <see cref="SandboxFixture"/> has it.</param>
    private protected JobFixture(string? parent = null) : base(parent) => _opened = new(() =>
    {
        Directory.CreateDirectory(Home);
        var database = Database.Open(Path.Combine(Home, "civitai-dl.db"), [HttpSchema.Part, CatalogSchema.Part, AuditSchema.Part, ScanningSchema.Part, LibrarySchema.Part, JobsSchema.Part]);
        return (database, new SqliteJobStore(database, TimeProvider.System));
    });

    private protected IJobStore Store => _opened.Value.Store;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public new async ValueTask DisposeAsync()
    {
        if (_opened.IsValueCreated) _opened.Value.Database.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A job of the first file of each model's first version.</summary>
    private protected Task<JobRecord> MakeAsync(JobSettings settings, params IEnumerable<int> models) => MakeAsync(settings, [.. models.Select(id => new NewItem(Planned(Sandbox.Catalogue.Model(id)!)))]);

    private protected async Task<JobRecord> MakeAsync(JobSettings settings, IReadOnlyList<NewItem> items)
    {
        var draft = await Store.DraftAsync(new("test", settings), Cancel);
        await Store.AddAsync(draft, items, Cancel);
        return await Store.ConfirmAsync(draft, Cancel);
    }

    private protected static PlannedFile Planned(SampleModel model)
    {
        var version = model.Versions[0];
        var file = version.Files[0];
        return new()
        {
            Model = new(model.Id), Version = new(version.Id), File = new(file.Id), ModelName = model.Name, VersionName = version.Name, FileName = file.Name, Type = model.Type,
            BaseModel = version.BaseModel, Creator = model.Creator, Format = file.Format, Bytes = file.Declared.Length,
            Hashes = file is { HasHashes: true, HasSha256: true } ? [ContentHash.Parse(HashKind.Sha256, file.Declared.Hashes.Sha256)] : [],
        };
    }

    /// <summary>Models that can be had without a key, one file each, all different.</summary>
    private protected IEnumerable<int> Ordinary(int count) => Sandbox.Catalogue.All
        .Where(model => model.Id >= SampleIds.FirstGenerated && model.Mode is null && model.Versions[0].Access == SampleAccess.Free && model.Versions[0].Files is [{ HasHashes: true, HasSha256: true, IsSuperseded: false }, ..])
        .DistinctBy(model => model.Versions[0].Files[0].Content.Hashes.Sha256).Select(model => model.Id).Take(count);

    private protected async Task<JobRecord> FindAsync(JobRecord job) => (await Store.FindAsync(job.Id, Cancel))!;

    private protected async Task<IReadOnlyList<ItemRecord>> ItemsAsync(JobRecord job) => await Store.ItemsAsync(job.Id, new() { Most = 10_000 }, Cancel);

    /// <summary>Runs the job's process until something has come about, and leaves it running.</summary>
    private protected async Task<Process> RunUntilAsync(Func<Task<bool>> isTrue, params string[] arguments)
    {
        var process = Program.Start(arguments);
        await UntilAsync(isTrue, process);
        return process;
    }

    /// <summary>As <see cref="RunUntilAsync"/>, until so many bytes of the file of <see cref="SampleIds.Medium"/> were served.</summary>
    private protected Task<Process> RunUntilServedAsync(long bytes, params string[] arguments) => RunUntilAsync(() => Task.FromResult(Sandbox.Ledger.Of(Medium).Served > bytes), arguments);

    private protected static async Task UntilAsync(Func<Task<bool>> isTrue, Process? process = null)
    {
        var begun = Stopwatch.StartNew();
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await isTrue())
        {
            if (process?.HasExited == true) Assert.Fail($"The process ended with {process.ExitCode}: {await process.StandardError.ReadToEndAsync(Cancel)}");
            Assert.True(begun.Elapsed < TimeSpan.FromMinutes(1), "It has not come about within a minute.");
            await ticks.WaitForNextTickAsync(Cancel);
        }
    }

    private protected static async Task KillAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync(Cancel);
        process.Dispose();
    }

    /// <summary>Every file of the job lies in the library once, with the content that the catalogue says; nothing else does but companions.</summary>
    private protected async Task AssertPlacedOnceAsync(JobRecord job)
    {
        var items = await ItemsAsync(job);
        var paths = items.Where(item => item.Status.IsDone).Select(item => item.Path!).ToArray();
        Assert.Equal(paths.Length, paths.Distinct().Count());
        foreach (var item in items.Where(item => item.Status.IsDone))
        {
            await using var stream = File.OpenRead(item.Path!);
            Assert.Equal(Sandbox.Catalogue.File((int)item.File.File.Value)!.Value.File.Content.Hashes.Sha256, Convert.ToHexString(await SHA256.HashDataAsync(stream, Cancel)));
        }

        var models = Visible().Where(path => !path.EndsWith(".civitai.info", StringComparison.Ordinal) && !path.Contains(".preview.", StringComparison.Ordinal)).ToArray();
        Assert.Equal(paths.Length, models.Length);
    }

    private protected static string Number(JobRecord job) => job.Id.Value.ToString(CultureInfo.InvariantCulture);
}
