using System.Globalization;
using CivitaiDownloader.Catalog.Accounts;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;

namespace CivitaiDownloader.Cli.Accounts;

/// <summary>An account and the key it was reached with, on a screen or as JSON.</summary>
/// <param name="KeyFrom">CIVITAI_API_KEY, or the file.</param>
internal sealed record AccountReport(Account? Account, Uri Endpoint, KeySource Source, string KeyFrom)
{
    private const int Name = 11;

    // A banned account's key is silently no key (civitai-api 1.2); every other one may download what its account may.
    public bool? MayDownload => Account is null ? null : Account.Status != "banned";

    public void Write(Screen screen)
    {
        if (Account is not null)
        {
            screen.Output.WriteLine(screen.Ink.Strong(DisplayText.Harmless(Account.Username ?? $"account {Account.Id}")));
            Line("account", string.Join(" · ", new[] { $"id {Account.Id}", Account.Tier, Account.Status, Account.IsMember switch { true => "member", false => "no member", null => null } }.OfType<string>().Select(DisplayText.Harmless)));
            Line("downloads", MayDownload == true ? "files that need a sign-in too; early access only where this account bought it" : "as without a key: the account is banned");
            if (Account.TokenScope is { } scope) Line("scope", $"{string.Join(", ", KeyScope.InWords(scope))} ({scope.ToString(CultureInfo.InvariantCulture)})");
        }

        Line("key", Source == KeySource.Environment ? $"from {KeyFrom}" : $"stored in {DisplayText.Harmless(KeyFrom)}");
        Line("site", Endpoint.GetLeftPart(UriPartial.Authority));

        void Line(string name, string value) => screen.Print($"  {DisplayText.Pad(name, Name)}{value}", hang: Name);
    }

    public void WriteJson()
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        json.WriteString("endpoint", Endpoint.GetLeftPart(UriPartial.Authority));
        WriteNumber("id", Account?.Id);
        json.WriteString("username", Account?.Username);
        json.WriteString("tier", Account?.Tier);
        json.WriteString("status", Account?.Status);
        WriteFlag("isMember", Account?.IsMember);
        WriteNumber("tokenScope", Account?.TokenScope);
        if (Account?.TokenScope is { } scope)
        {
            json.WriteStartArray("scope");
            foreach (var word in KeyScope.InWords(scope)) json.WriteStringValue(word);
            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("scope");
        }

        WriteFlag("mayDownload", MayDownload);
        json.WriteString("keySource", Source == KeySource.Environment ? "environment" : "stored");
        json.WriteString("keyFrom", KeyFrom);
        json.WriteEndObject();

        void WriteNumber(string name, long? value)
        {
            if (value is { } number) json.WriteNumber(name, number);
            else json.WriteNull(name);
        }

        void WriteFlag(string name, bool? value)
        {
            if (value is { } flag) json.WriteBoolean(name, flag);
            else json.WriteNull(name);
        }
    }
}
