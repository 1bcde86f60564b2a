using CivitaiDownloader.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CivitaiDownloader.Audit;

public static class AuditRegistration
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the audit log. Needs a <see cref="Database"/>.</summary>
        public IServiceCollection AddAudit()
        {
            services.TryAddSingleton<AuditLog>();
            services.TryAddSingleton<AuditVerifier>();
            return services;
        }
    }
}
