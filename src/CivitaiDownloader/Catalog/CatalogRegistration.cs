using CivitaiDownloader.Catalog.Accounts;
using CivitaiDownloader.Catalog.Collections;
using CivitaiDownloader.Catalog.Creators;
using CivitaiDownloader.Catalog.Drift;
using CivitaiDownloader.Catalog.Enumerations;
using CivitaiDownloader.Catalog.Images;
using CivitaiDownloader.Catalog.Searching;
using CivitaiDownloader.Catalog.Tags;
using CivitaiDownloader.Catalog.Vaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CivitaiDownloader.Catalog;

public static class CatalogRegistration
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds what Civitai says exists. Needs Http, and <see cref="CatalogSchema"/> in the database. Each service is one for all.</summary>
        public IServiceCollection AddCatalog()
        {
            services.TryAddSingleton<ApiDrift>();
            services.TryAddSingleton<CivitaiCatalog>();
            services.TryAddSingleton<DownloadLinks>();
            services.TryAddSingleton<AccountReader>();
            services.TryAddSingleton<ImageFeed>();
            services.TryAddSingleton<CreatorDirectory>();
            services.TryAddSingleton<EnumerationReader>();
            services.TryAddSingleton<VaultReader>();
            services.TryAddSingleton<CollectionReader>();
            services.TryAddSingleton<HashLookup>();
            services.TryAddSingleton<TagReader>();
            services.TryAddSingleton<EndpointProbe>();
            return services;
        }
    }
}
