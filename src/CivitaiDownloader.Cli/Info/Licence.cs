using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Cli.Info;

/// <summary>One thing a person may want to do.</summary>
/// <param name="Name">As programs read it.</param>
/// <param name="Allowed">Null where the site did not say.</param>
internal sealed record LicenceTerm(string Name, string Words, bool? Allowed)
{
    public string Answer => Allowed switch { true => "yes", false => "no", _ => "not said" };
}

/// <summary>A licence as answers to what people ask (civitai-api 2.2; the wording is that of the site's own form).</summary>
internal static class Licence
{
    private static readonly HashSet<string> Known = ["None", "Image", "RentCivit", "Rent", "Sell"];

    public static IReadOnlyList<LicenceTerm> Terms(License license) =>
    [
        new("sellImages", "sell images made with it", Grants(license, "Image")),
        new("generateOnCivitai", "offer it on Civitai's generation service", Grants(license, "RentCivit") || Grants(license, "Rent")), // one of "generation services"
        new("generateElsewhere", "host it on other generation services for money", Grants(license, "Rent")),
        new("sellModel", "sell the model or merges of it", Grants(license, "Sell")),
        new("shareDerivatives", "share merges and other derivatives", license.AllowDerivatives),
        new("otherLicence", "share them under another licence", license.AllowDifferentLicense),
        new("noCredit", "use it without naming its creator", license.AllowNoCredit),
    ];

    /// <summary>Grants this program has no words for.</summary>
    public static IReadOnlyList<string> Unknown(License license) => [.. license.CommercialUse.Where(word => !Known.Contains(word))];

    private static bool Grants(License license, string word) => license.CommercialUse.Contains(word);
}
