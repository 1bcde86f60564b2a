using CivitaiDownloader.Jobs.Following;
using CivitaiDownloader.Jobs.Identifying;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Jobs.Scanning;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Jobs.Store.Sqlite;
using CivitaiDownloader.Jobs.Verifying;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CivitaiDownloader.Jobs;

public static class JobsRegistration
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds one file's way from target to library. Needs Catalog, Transfer, Audit, Scanning and Library.</summary>
        public IServiceCollection AddJobs()
        {
            services.TryAddSingleton<TargetResolver>();
            services.TryAddSingleton<ItemPlanner>();
            services.TryAddSingleton<JobPlanner>();
            services.TryAddSingleton<IItemScanner, NotScanned>();
            services.TryAddSingleton<ItemParts>();
            services.TryAddSingleton<ItemRunner>();
            services.TryAddSingleton<LibraryWay>();
            services.TryAddSingleton<LibraryWays>();
            services.TryAddSingleton<Strategies.JobStrategies>();
            services.TryAddSingleton<JobRunnerParts>();
            services.TryAddSingleton<JobRunner>();
            services.TryAddSingleton<JobDiscarder>();
            services.TryAddSingleton<JobFollower>();
            services.TryAddSingleton<JobSight>();
            services.TryAddSingleton<JobFinder>();
            services.TryAddSingleton<BulkJobs>();
            services.TryAddSingleton<Companions>();
            services.TryAddSingleton<FileSlots>();
            services.TryAddSingleton<ContentTurns>();
            services.TryAddSingleton<LibraryView>();
            services.TryAddSingleton<Identifier>();
            services.TryAddSingleton<Verifier>();
            services.TryAddSingleton<FilesScan>();
            services.TryAddSingleton<PreviewPictures>();
            services.TryAddSingleton<IJobStore, SqliteJobStore>();
            return services;
        }
    }
}
