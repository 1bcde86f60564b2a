using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Keras;

/// <summary>Nothing in a file is read twice by an honest walk: structures that lie over one another, made to be walked again and again, use this up.</summary>
internal sealed class HdfBudget(long fileBytes)
{
    private readonly long _most = (3 * fileBytes) + 65_536;
    private long _spent;

    public bool IsSpent => _spent > _most;

    /// <exception cref="BudgetExceededException">More was read than the file could hold.</exception>
    public void Spend(long bytes)
    {
        _spent += bytes;
        if (IsSpent) throw new BudgetExceededException(CoreRules.Limit, "its structures lie over one another");
    }
}
