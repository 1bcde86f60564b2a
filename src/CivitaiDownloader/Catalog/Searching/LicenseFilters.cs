namespace CivitaiDownloader.Catalog.Searching;

/// <summary>
/// What the creator allows. The API refuses every value of its three booleans (civitai-api 3.1), and takes several commercial uses for <em>any of them</em>;
/// here they mean <em>all of them</em>.
/// </summary>
internal static class LicenseFilters
{
    private const string Nothing = "None";

    public static IEnumerable<ModelFilter> For(SearchQuery query)
    {
        if (query.AllowDerivatives) yield return new("allow-derivatives", model => model.License.AllowDerivatives == true);
        if (query.AllowNoCredit) yield return new("allow-no-credit", model => model.License.AllowNoCredit == true);
        if (query.AllowDifferentLicense) yield return new("allow-different-license", model => model.License.AllowDifferentLicense == true);
        if (query.CommercialUse is [Nothing]) yield return new("commercial-use", model => model.License.CommercialUse.Count == 0);
        else if (query.CommercialUse.Count > 0) yield return new("commercial-use", model => query.CommercialUse.All(model.License.CommercialUse.Contains), IsBackstop: query.CommercialUse.Count == 1);
    }

    /// <summary>Those the API can be asked for.</summary>
    public static IEnumerable<string> Sent(SearchQuery query) => query.CommercialUse.Where(use => use != Nothing);
}
