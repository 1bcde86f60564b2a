using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox;

/// <summary>One request on its way through the Sandbox: what a fault may aim at, and its line in the ledger.</summary>
internal sealed record Exchange(HttpContext Context, FaultRequest Subject, ServedRequest Noted)
{
    public HttpRequest Request => Context.Request;

    public HttpResponse Response => Context.Response;

    public CancellationToken Aborted => Context.RequestAborted;
}
