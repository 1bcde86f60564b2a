using CivitaiDownloader.Jobs.Lifecycle;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>By how much one transaction changes the counts of one job.</summary>
internal sealed class JobTally
{
    private readonly int[] _items = new int[Enum.GetValues<ItemStatus>().Length];

    public long BytesDone { get; private set; }

    public long BytesTotal { get; private set; }

    /// <summary>Of the last change.</summary>
    public long Revision { get; set; }

    public int this[ItemStatus status] => _items[(int)status];

    /// <param name="bytes">Of all of them.</param>
    public void Add(ItemStatus status, long bytes, int items = 1) => Count(status, bytes, items);

    public void Remove(ItemStatus status, long bytes, int items = 1) => Count(status, -bytes, -items);

    private void Count(ItemStatus status, long bytes, int items)
    {
        _items[(int)status] += items;
        BytesTotal += bytes;
        if (status.IsDone) BytesDone += bytes;
    }
}
