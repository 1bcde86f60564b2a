namespace CivitaiDownloader.Primitives;

/// <summary>A key or token. Prints itself redacted, so that a careless log line is still safe; <see cref="Reveal"/> is for the one header that needs it.</summary>
public sealed class SecretString(string value)
{
    private readonly string _value = value;

    public string Reveal() => _value;

    public override string ToString() => "[redacted]";
}
