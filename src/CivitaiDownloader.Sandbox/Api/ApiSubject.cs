using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Sandbox.Samples;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>Which model, version and file a call is about, so that faults can be aimed.</summary>
internal static class ApiSubject
{
    public static FaultRequest Of(HttpRequest request, SampleCatalogue catalogue)
    {
        var subject = new FaultRequest(SandboxSite.Api, request.Method, request.Path);
        return request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["api", "v1", "models", var text] when int.TryParse(text, out var model) => subject with { Model = model },
            ["api", "v1", "model-versions", .., var text] when int.TryParse(text, out var version) => OfVersion(subject, version, null, catalogue),
            ["api", "download", "models", var text] when int.TryParse(text, out var version) => OfVersion(subject, version, request.Query["fileId"], catalogue),
            _ => subject,
        };
    }

    private static FaultRequest OfVersion(FaultRequest subject, int version, string? file, SampleCatalogue catalogue) =>
        subject with { Model = catalogue.Version(version)?.Model.Id, Version = version, File = int.TryParse(file, out var id) ? id : null };
}
