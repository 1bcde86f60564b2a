using CivitaiDownloader.Scanning.Results;
using CivitaiDownloader.Scanning.Rules;
using CivitaiDownloader.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CivitaiDownloader.Scanning;

public static class ScanningRegistration
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the scanners and the memory of what they found. Needs a <see cref="Database"/>; whoever wants no memory makes a <see cref="FileScanner"/> by itself.</summary>
        public IServiceCollection AddScanning()
        {
            services.TryAddSingleton(RuleSet.All);
            services.TryAddSingleton(provider => new FileScanner(provider.GetRequiredService<RuleSet>(), new()));
            services.TryAddSingleton<ScanResults>();
            return services;
        }
    }
}
