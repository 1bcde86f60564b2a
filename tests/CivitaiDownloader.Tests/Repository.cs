namespace CivitaiDownloader.Tests;

/// <summary>Where the checkout is, and the shared fixtures beside it when they are there.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of fixtures that lies beside some checkouts, or null.</summary>
    public static string? SharedFixtures { get; } = Directory.Exists(Path.Combine(Root, "..", "shared", "fixtures"))
        ? Path.GetFullPath(Path.Combine(Root, "..", "shared", "fixtures"))
        : null;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CivitaiDownloader.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException("The tests must run from inside the checkout.");
    }
}
