using CivitaiDownloader.Scanning.Antivirus;
using CivitaiDownloader.Scanning.Results;
using CivitaiDownloader.Scanning.Rules;
using CivitaiDownloader.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CivitaiDownloader.Scanning;

public static class ScanningRegistration
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the scanners, the memory of what they found, and the antivirus where one is set. Needs a <see cref="Database"/>; whoever wants no memory makes a <see cref="FileScanner"/> by itself.</summary>
        public IServiceCollection AddScanning(IConfiguration configuration)
        {
            services.AddOptions<ScanOptions>().Bind(configuration.GetSection(ScanOptions.Section)).ValidateOnStart();
            services.AddSingleton<IValidateOptions<ScanOptions>, ScanOptionsValidator>();
            services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<ScanOptions>>().Value);
            services.TryAddSingleton<ClamdAntivirus>();
            services.TryAddSingleton(_ => RuleSet.All); // made for who scans, not at every start
            services.TryAddSingleton(provider => new FileScanner(provider.GetRequiredService<RuleSet>(), new()));
            services.TryAddSingleton<ScanResults>();
            return services;
        }
    }
}
