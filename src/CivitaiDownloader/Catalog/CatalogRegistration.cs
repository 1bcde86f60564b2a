using CivitaiDownloader.Catalog.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CivitaiDownloader.Catalog;

public static class CatalogRegistration
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds what Civitai says exists. Needs Http.</summary>
        public IServiceCollection AddCatalog()
        {
            services.TryAddSingleton<CivitaiCatalog>();
            services.TryAddSingleton<DownloadLinks>();
            services.TryAddSingleton<AccountReader>();
            return services;
        }
    }
}
