using CivitaiDownloader.Sandbox.Api;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Sandbox.Storage;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox;

/// <summary>Takes every request: notes it, lets go wrong what shall go wrong before an answer, and hands it to its host.</summary>
internal sealed class FrontDoor(SandboxHost host, Sites sites, TimeProvider time)
{
    private readonly EarlyFaults _early = new(host.Faults, time);

    public async Task ServeAsync(HttpContext context)
    {
        var site = host.SiteAt(context.Connection.LocalPort);
        var exchange = new Exchange(context, SubjectOf(site, context.Request), host.Ledger.Note(site, context.Request));
        try
        {
            if (host.Faults.Take(FaultKind.Delay, exchange.Subject) is { } delay) await Task.Delay(TimeSpan.FromMilliseconds(delay.Amount), time, exchange.Aborted);
            if (!await _early.AnswerAsync(context, exchange.Subject)) await DispatchAsync(site, exchange);
        }
        catch (OperationCanceledException)
        {
            // The client hung up.
        }
        finally
        {
            exchange.Noted.Status = context.Response.HasStarted || !exchange.Aborted.IsCancellationRequested ? context.Response.StatusCode : 0;
        }
    }

    private Task DispatchAsync(SandboxSite site, Exchange exchange) => site switch
    {
        SandboxSite.Storage => sites.Storage.ServeAsync(exchange),
        SandboxSite.Images => sites.Images.ServeAsync(exchange),
        _ => sites.Api.ServeAsync(exchange, new(Origins($"{exchange.Request.Scheme}://{exchange.Request.Host}"), Origins(Root(host.Api)))),
    };

    private FaultRequest SubjectOf(SandboxSite site, HttpRequest request)
    {
        if (site == SandboxSite.Api) return ApiSubject.Of(request, host.Catalogue);
        var subject = new FaultRequest(site, request.Method, request.Path);
        if (site == SandboxSite.Images || StorageSite.FileOf(request) is not { } id || host.Catalogue.File(id) is not { } found) return subject;
        return subject with { Model = found.Model.Id, Version = found.Version.Id, File = id, Served = host.Ledger.Of(id).Served };
    }

    private Origins Origins(string apiRoot) => new(apiRoot, Root(host.Images));

    private static string Root(Uri origin) => origin.GetLeftPart(UriPartial.Authority);
}

/// <summary>The three hosts.</summary>
internal sealed record Sites(ApiSite Api, StorageSite Storage, ImageSite Images);
