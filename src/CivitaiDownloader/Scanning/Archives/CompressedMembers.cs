using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>A compressed file as its programs unpack it: members one after another become one stream. Ends early where a member is broken, so that what came before is judged as well.</summary>
internal abstract class CompressedMembers(ScanItem item) : ForwardStream
{
    private Stream? _member;
    private long _count, _memberStart;

    /// <summary>Why it ended early; null when it did not.</summary>
    public UnreadableException? Fault { get; private set; }

    /// <summary>Behind the last member.</summary>
    public abstract long End { get; }

    protected ScanItem Item => item;

    /// <summary>More would cost more than their bytes do.</summary>
    protected virtual long MostMembers => 1_000 + (item.Source.Length / 1_024);

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            while (Fault is null && (_member ??= Next()) is { } member)
            {
                var read = member.Read(buffer, offset, count);
                Unpacked(buffer.AsSpan(offset, read));
                if (read > 0) return read;
                _member = null;
                member.Dispose();
                Finish();
            }
        }
        catch (UnreadableException broken)
        {
            Fault = broken;
        }
        catch (Exception failed) when (failed is not (OperationCanceledException or SourceUnavailableException or BudgetExceededException or InsufficientExecutionStackException or OutOfMemoryException))
        {
            Fault = new($"its decoder gave up: {failed.Message}", _memberStart);
        }

        return 0;
    }

    /// <summary>Opens the member that begins at <see cref="End"/>; null when there is none.</summary>
    protected abstract Stream? Open();

    protected virtual void Unpacked(ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>Reads what stands behind a member and holds it against what came out.</summary>
    protected abstract void Finish();

    // Each member costs its decoder's tables, whatever its size: many tiny ones cost more than their bytes.
    private Stream? Next()
    {
        _memberStart = End;
        var member = Open();
        if (member is not null && ++_count > MostMembers) throw new BudgetExceededException(CoreRules.Limit, "too many tiny members in one compressed file");
        return member;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _member?.Dispose();
        base.Dispose(disposing);
    }
}
