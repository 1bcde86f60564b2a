using CivitaiDownloader.Http;
using CivitaiDownloader.Transfer.Pacing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CivitaiDownloader.Transfer;

public static class TransferRegistration
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the transfer of one file. Needs Http.</summary>
        public IServiceCollection AddTransfer(IConfiguration configuration)
        {
            services.AddOptions<TransferOptions>().Bind(configuration.GetSection(TransferOptions.Section)).ValidateOnStart();
            services.AddSingleton<IValidateOptions<TransferOptions>, TransferOptionsValidator>();
            services.AddSingleton<IValidateOptions<TransferOptions>, TransferOptionsRules>();
            services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<TransferOptions>>().Value);
            services.TryAddSingleton<ITransferLimits>(provider => new FixedLimits(provider.GetRequiredService<TransferOptions>()));
            services.TryAddSingleton(provider =>
            {
                var time = provider.GetRequiredService<TimeProvider>();
                return new BandwidthClock(new(time), BandwidthTimetable.Parse(provider.GetRequiredService<TransferOptions>().Bandwidth), time);
            });
            services.TryAddSingleton(provider => provider.GetRequiredService<BandwidthClock>().Limit);
            services.TryAddSingleton(provider => new FileTransfer(
                provider.GetRequiredService<Outbound>(), provider.GetRequiredService<TransferOptions>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<Random>(),
                provider.GetRequiredService<ILogger<FileTransfer>>(), provider.GetRequiredService<ITransferLimits>(), provider.GetRequiredService<BandwidthLimit>()));
            return services;
        }
    }
}
