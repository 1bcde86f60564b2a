using System.Text.Json;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>Reads <c>allowCommercialUse</c> in each of the forms it has had: one word, an array, a set written as <c>{Image,Sell}</c> (civitai-api 2.2).</summary>
internal static class LicenseReader
{
    // The site's older meaning: each grant includes the weaker ones.
    private static readonly string[] Stronger = ["Sell", "Rent", "Image"];

    public static License Read(JsonElement model) => new()
    {
        AllowNoCredit = model.Flag("allowNoCredit"u8),
        AllowDerivatives = model.Flag("allowDerivatives"u8),
        AllowDifferentLicense = model.Flag("allowDifferentLicense"u8),
        CommercialUse = CommercialUse(model.Get("allowCommercialUse"u8)),
    };

    private static List<string> CommercialUse(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Array } array => Granted(array.EnumerateArray().Select(JsonFields.AsText)),
        { ValueKind: JsonValueKind.String } text => FromText(JsonFields.AsText(text) ?? ""),
        _ => [],
    };

    private static List<string> FromText(string text)
    {
        text = text.Trim();
        if (text.StartsWith('{') && text.EndsWith('}')) return Granted(text[1..^1].Split(',').Select(word => word.Trim(' ', '"')));
        var from = Array.IndexOf(Stronger, text);
        return from < 0 ? Granted([text]) : [.. Stronger[from..]];
    }

    private static List<string> Granted(IEnumerable<string?> words) =>
        [.. words.Where(word => !string.IsNullOrWhiteSpace(word) && word != "None").Select(word => word!).Distinct()];
}
