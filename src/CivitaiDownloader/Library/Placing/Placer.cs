using System.Security.Cryptography;
using CivitaiDownloader.Library.History;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Library.Placing;

/// <summary>Gives checked files their names. The order makes a crash harmless: row, rename, folder flushed, row settled.</summary>
internal sealed class Placer(PlacementHistory history, TimeProvider time)
{
    // Digits of the content's SHA-256 behind a name that another content has; the last one cannot collide.
    private static readonly int[] SuffixDigits = [0, 8, 16, 64];

    public PlaceResult Place(PlaceRequest request)
    {
        var folder = SafeFolders.Make(request.Plan.Root, request.Plan.Folder);
        foreach (var digits in SuffixDigits)
        {
            var file = Describe(request, WithSuffix(request.Plan.RelativePath, request.Content.Sha256, digits));
            if (TryPlace(request, file, folder)) return new PlaceResult.Placed(file);
            if (HasContent(file.Path, file.Bytes, file.Sha256)) return new PlaceResult.AlreadyPresent(Keep(file));
        }

        throw new IOException($"Every name for '{request.Plan.Path}' is taken.");
    }

    public LibraryFile? Adopt(PlacementPlan plan, ContentHash sha256, FileOrigin origin)
    {
        foreach (var digits in SuffixDigits.AsSpan(0, 2))
        {
            var file = new LibraryFile
            {
                Root = plan.Root, RelativePath = WithSuffix(plan.RelativePath, sha256, digits), Bytes = 0, Sha256 = sha256, IsVerified = true,
                Verdict = "unknown", Origin = origin, PlacedAt = time.GetUtcNow(),
            };
            if (new FileInfo(file.Path) is { Exists: true, LinkTarget: null, Length: var length } && HasContent(file.Path, length, sha256)) return Keep(file with { Bytes = length });
        }

        return null;
    }

    private bool TryPlace(PlaceRequest request, LibraryFile file, string folder)
    {
        if (Path.Exists(file.Path) || !history.Begin(file)) return false;
        try
        {
            if (!request.Content.IsUnchangedAt(request.StagedPath)) throw LibraryErrors.StagedFileChanged(request.StagedPath);
            if (!AtomicRename.TryMove(request.StagedPath, file.Path))
            {
                history.Forget(file);
                return false;
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            history.Forget(file);
            throw DiskRefusal.Describe(refused, file.Path);
        }
        catch (LibraryException)
        {
            history.Forget(file);
            throw;
        }

        RequireSameFile(request, file);
        FolderFlush.Run(folder);
        history.Settle(file);
        return true;
    }

    // Between the look and the rename the staged name could be given to another file: what has the final name must be what was checked.
    private void RequireSameFile(PlaceRequest request, LibraryFile file)
    {
        if (request.Content.IsUnchangedAt(file.Path)) return;
        AtomicRename.TryMove(file.Path, request.StagedPath);
        history.Forget(file);
        throw LibraryErrors.StagedFileChanged(request.StagedPath);
    }

    private LibraryFile Keep(LibraryFile file)
    {
        if (history.Begin(file)) history.Settle(file);
        return history.At(file.Root, file.RelativePath) ?? file;
    }

    private LibraryFile Describe(PlaceRequest request, string relativePath) => new()
    {
        Root = request.Plan.Root,
        RelativePath = relativePath,
        Bytes = request.Content.Bytes,
        Sha256 = request.Content.Sha256,
        IsVerified = request.IsVerified,
        Verdict = request.Verdict,
        Origin = request.Origin,
        PlacedAt = time.GetUtcNow(),
    };

    private static string WithSuffix(string relativePath, ContentHash sha256, int digits)
    {
        if (digits == 0) return relativePath;
        var extension = Path.GetExtension(relativePath);
        return $"{relativePath[..^extension.Length]}-{sha256.Hex[..digits]}{extension}";
    }

    internal static bool HasContent(string path, long bytes, ContentHash sha256)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            return stream.Length == bytes && ContentHash.Sha256(SHA256.HashData(stream)) == sha256;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false; // whatever it is, it is not ours to judge or to replace
        }
    }
}
