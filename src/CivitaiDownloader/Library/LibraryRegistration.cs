using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Library.Verifying;
using CivitaiDownloader.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CivitaiDownloader.Library;

public static class LibraryRegistration
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the library on disk. Needs a <see cref="Database"/>.</summary>
        public IServiceCollection AddLibrary(IConfiguration configuration)
        {
            services.AddOptions<LibraryOptions>().Bind(configuration.GetSection(LibraryOptions.Section)).ValidateOnStart();
            services.AddSingleton<IValidateOptions<LibraryOptions>, LibraryOptionsValidator>();
            services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<LibraryOptions>>().Value);
            services.TryAddSingleton<LibraryStore>();
            services.TryAddSingleton<FileHasher>();
            services.TryAddSingleton<VerifyRuns>();
            return services;
        }
    }
}
