using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>Reads query parameters as strictly, and refuses them in the words, as the site's validator.</summary>
/// <param name="refuse">The form the endpoint gives a failed check, from the parameter and what is wrong with it.</param>
internal sealed class QueryReader(IQueryCollection query, Func<string, string, Refused> refuse)
{
    public bool Has(string name) => query.ContainsKey(name);

    public string? Text(string name) => string.IsNullOrEmpty(query[name]) ? null : query[name][0];

    public string[] Texts(string name) => [.. query[name].OfType<string>()];

    public int? Number(string name, int least, int most)
    {
        if (Text(name) is not { } text) return null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) throw refuse(name, "Invalid input: expected number, received NaN");
        if (number < least) throw refuse(name, $"Too small: expected number to be >={least}");
        return number > most ? throw refuse(name, $"Too big: expected number to be <={most}") : number;
    }

    /// <summary>Commas or repeats.</summary>
    public int[] Numbers(string name) => [.. query[name].OfType<string>().SelectMany(text => text.Split(',')).Select(text =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) ? id : throw refuse(name, "Invalid input: expected number, received NaN"))];

    /// <summary>Repeats; a comma is part of a value.</summary>
    public string[] Members(string name, string[] known)
    {
        var values = Texts(name);
        return values.All(known.Contains) ? values : throw refuse(name, "Invalid option: expected one of " + string.Join('|', known.Select(member => $"\"{member}\"")));
    }

    public bool Flag(string name) => Text(name)?.ToLowerInvariant() switch
    {
        null or "false" or "0" or "no" or "off" => false,
        "true" or "1" or "yes" or "on" => true,
        _ => throw refuse(name, "Invalid input"),
    };

    /// <summary>True for any text, <c>false</c> included.</summary>
    public bool Coerced(string name) => Text(name) is not null;

    /// <summary>For what the site declares with a type no query value can have.</summary>
    public void Never(string name, string expected)
    {
        if (Has(name)) throw refuse(name, $"Invalid input: expected {expected}, received string");
    }
}
