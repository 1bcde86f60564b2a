using System.Globalization;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Sandbox.Storage;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>The download endpoint: who may have which file, and where it is. The order of checks is the site's (civitai-api 8.3, 8.4).</summary>
internal sealed class DownloadEndpoint(SampleCatalogue catalogue, LinkSigner links, TimeProvider time)
{
    private const string UsedUp = "We've noticed an unusual amount of downloading from your account. Contact support@civitai.com or come back later.";
    private const string LoginPage = "/login?returnUrl=%2F&reason=download-auth";

    public Task LinkAsync(ApiCall call, string text)
    {
        if (call.Faults.Take(FaultKind.BlackList, call.Exchange.Subject) is not null) throw Refused.Error(403, "Forbidden");
        if (call.Faults.Take(FaultKind.Quota, call.Exchange.Subject) is not null) throw Refused.Error(429, UsedUp);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) throw Refused.Pretty("modelVersionId");
        if (id == 0) throw Refused.Error(400, "Missing modelVersionId");
        var wanted = WantedFile.Read(new(call.Request.Query, (name, _) => Refused.Pretty(name)));
        if (catalogue.Version(id) is not { } found) throw NoFile();
        Admit(call, found.Model, found.Version);
        var file = wanted.ChooseFrom(found.Version) ?? throw NoFile();
        if (call.Faults.Take(FaultKind.Unresolved, call.Exchange.Subject) is not null) throw Refused.Passing(404, "File not found", "private, no-store");
        call.Exchange.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        call.Exchange.Response.Headers.Location = links.For(file).AbsoluteUri;
        return Task.CompletedTask;
    }

    /// <summary>Training data, attachments, the vault, unknown keys: nobody gets anything (civitai-api 8.6).</summary>
    public static Task AnythingElse(ApiCall call)
    {
        if (call.IsSignedIn) throw NoFile();
        if (call.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true) throw Refused.Error(401, "Unauthorized");
        call.Exchange.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        call.Exchange.Response.Headers.Location = "/login?returnUrl=" + Uri.EscapeDataString(call.Request.Path);
        return Task.CompletedTask;
    }

    private void Admit(ApiCall call, SampleModel model, SampleVersion version)
    {
        if (model.IsRealPerson) throw NoFile();
        if (model.Mode == "Archived") throw Refused.Error(410, "Model archived, not available for download");
        if (version.Access == SampleAccess.DownloadsDisabled) throw Unauthorized("The creator of this asset has disabled downloads on this file", page: null);
        var needsKey = version.Access is SampleAccess.LoginRequired or SampleAccess.NoGrant || call.Faults.Take(FaultKind.LoginWall, call.Exchange.Subject) is not null;
        if (needsKey && !call.IsSignedIn) throw Unauthorized("The creator of this asset requires you to be logged in to download it", LoginPage);
        if (version.IsGated(time.GetUtcNow())) throw EarlyAccess(version);
        if (version.Access == SampleAccess.NoGrant) throw Refused.Error(403, "You do not have access to download this file");
        if (version.Access == SampleAccess.FileGone) throw NoFile();
    }

    private static Refused NoFile() => Refused.Error(404, "File not found");

    private static Refused Unauthorized(string message, string? page) => new(401, $$"""{"error":"Unauthorized","message":"{{message}}"}""") { PlainText = message, Page = page };

    private static Refused EarlyAccess(SampleVersion version) => new(403,
        """{"error":"Early Access",""" + (version.EndsAt is { } end ? $"\"deadline\":\"{JsonPieces.Text(end)}\"," : "")
        + "\"message\":\"This asset is in Early Access. You can use Buzz access it now!\"}") { Page = $"/model-versions/{version.Id}" };
}
