using System.Globalization;

namespace CivitaiDownloader.Jobs.Lifecycle;

/// <summary>A job's number in this home; at least 1, never used again.</summary>
public readonly record struct JobId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>An item's number in this home; at least 1, growing in the order of planning.</summary>
public readonly record struct ItemId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
