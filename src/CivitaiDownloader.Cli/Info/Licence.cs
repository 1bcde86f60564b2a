using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Cli.Info;

/// <summary>A licence in words. What the API did not say is left out, not guessed.</summary>
internal static class Licence
{
    public static string Describe(License license)
    {
        var parts = new[]
        {
            license.AllowNoCredit switch { true => "no credit needed", false => "credit required", _ => null },
            license.CommercialUse.Count == 0 ? "no commercial use" : $"commercial use: {string.Join(", ", license.CommercialUse)}",
            license.AllowDerivatives switch { true => "derivatives allowed", false => "no derivatives", _ => null },
            license.AllowDifferentLicense switch { true => "other licence allowed", false => "same licence only", _ => null },
        };
        return string.Join(" · ", parts.OfType<string>());
    }
}
