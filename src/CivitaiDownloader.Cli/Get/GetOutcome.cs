using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Jobs;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Running;

namespace CivitaiDownloader.Cli.Get;

/// <summary>One target's end: planned only, done, or failed with an error.</summary>
internal sealed record GetOutcome(GetRequest Request, ItemPlan? Plan, ItemResult? Result, ErrorReport? Error);
