namespace CivitaiDownloader.Sandbox;

/// <summary>What a Sandbox is like.</summary>
public sealed record SandboxOptions
{
    /// <summary>The key that counts as signed in when nothing else is said. It opens nothing anywhere else.</summary>
    public const string DefaultKey = "sandbox-key";

    /// <summary>Makes the same catalogue on every machine.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Models in the catalogue besides the curated ones (<see cref="Samples.SampleIds"/>).</summary>
    public int Models { get; init; } = 300;

    /// <summary>The only key that is a session; any other caller is silently anonymous, as on the site. Null takes every key for one.</summary>
    public string? Key { get; init; } = DefaultKey;

    /// <summary>Whether the key's account is a paying member: only those have a vault.</summary>
    public bool IsMember { get; init; }

    public bool Https { get; init; }

    /// <summary>The API host's port; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>The storage host's port; 0 for any free one.</summary>
    public int StoragePort { get; init; }

    /// <summary>The image host's port; 0 for any free one.</summary>
    public int ImagesPort { get; init; }

    /// <summary>Where all three hosts listen instead, such as <see cref="System.Net.IPAddress.IPv6Loopback"/>.</summary>
    public System.Net.IPAddress? ListenOn { get; init; }

    /// <summary>
    /// The name in every address and in the certificate, for a client that reaches this machine by another way than its loopback names (a proxy).
    /// </summary>
    public string? PublicName { get; init; }

    /// <summary>How long a link to a file is good. Default 24 h, as recorded from the site.</summary>
    public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromHours(24);

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
