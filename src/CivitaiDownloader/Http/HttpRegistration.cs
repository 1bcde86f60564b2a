using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CivitaiDownloader.Http;

public static class HttpRegistration
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the way out. Needs a <see cref="Database"/> and a thread-safe <see cref="Random"/>; <paramref name="key"/> is null for anonymous use.</summary>
        public IServiceCollection AddHttp(IConfiguration configuration, SecretString? key)
        {
            services.AddOptions<HttpOptions>().Bind(configuration.GetSection(HttpOptions.Section)).ValidateOnStart();
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton<IValidateOptions<HttpOptions>, HttpOptionsValidator>();
            services.AddSingleton<IValidateOptions<HttpOptions>, HttpOptionsRules>();
            services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<HttpOptions>>().Value);
            services.TryAddSingleton<HttpCounters>();
            services.TryAddSingleton(provider => new Outbound(provider.GetRequiredService<HttpOptions>(), key, new(
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<Random>(), provider.GetRequiredService<HttpCounters>(), provider.GetRequiredService<ILogger<Outbound>>()) { StageEnded = provider.GetService<StageEnded>() }));
            services.TryAddSingleton(provider => new ApiReader(
                provider.GetRequiredService<Outbound>(), provider.GetRequiredService<HttpOptions>(), provider.GetRequiredService<Database>(), key, provider.GetRequiredService<TimeProvider>()));
            return services;
        }
    }
}
