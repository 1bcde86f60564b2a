using System.ComponentModel.DataAnnotations;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Pacing;
using Microsoft.Extensions.Options;

namespace CivitaiDownloader.Transfer;

public sealed class TransferOptions
{
    public const string Section = "Transfer";

    [Setting("Connections of one file at a time.")]
    [Range(1, 64)]
    public int ConnectionsPerFile { get; set; } = 8;

    [Setting("Connections of all files together.")]
    [Range(1, 256)]
    public int Connections { get; set; } = 32;

    [Setting("How long a connection may deliver no byte before it is dropped and opened again.")]
    [DurationRange("00:00:01", "00:10:00")]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    [Setting("How often in a row a connection may fail without a single new byte before the transfer gives up.")]
    [Range(1, 100)]
    public int MaxFruitlessAttempts { get; set; } = 6;

    [Setting("The first wait after a lost connection; it grows with every fruitless one.")]
    [DurationRange("00:00:00.010", "00:01:00")]
    public TimeSpan RetryBaseDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    [Setting("The longest wait between two attempts.")]
    [DurationRange("00:00:00.010", "00:30:00")]
    public TimeSpan RetryMaxDelay { get; set; } = TimeSpan.FromSeconds(30);

    [Setting("How many files are fetched at a time; of files below 1 MiB as many as Http:MaxStreamsPerHost says, unless this is 1 (--parallel).")]
    [Range(1, 64)]
    public int FilesAtOnce { get; set; } = 4;

    [Setting("How many bytes a second may arrive, all files together; may change with the hour or through the week (--bandwidth).")]
    [BandwidthForm]
    public string Bandwidth { get; set; } = "off";
}

[OptionsValidator]
internal sealed partial class TransferOptionsValidator : IValidateOptions<TransferOptions>;

internal sealed class TransferOptionsRules : IValidateOptions<TransferOptions>
{
    public ValidateOptionsResult Validate(string? name, TransferOptions options) => options.RetryMaxDelay < options.RetryBaseDelay
        ? ValidateOptionsResult.Fail(
            $"Transfer:RetryMaxDelay ({options.RetryMaxDelay}) must not be shorter than Transfer:RetryBaseDelay ({options.RetryBaseDelay}).")
        : ValidateOptionsResult.Success;
}
