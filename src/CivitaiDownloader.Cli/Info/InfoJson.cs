using System.Globalization;
using System.Text.Json;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Info;

/// <summary>The document of <c>info</c> (docs/formats/json-output.md): the model as served, <c>inLibrary</c> at each file, and what we add in <c>civitaiDl</c>.</summary>
internal sealed class InfoJson(CliServices services)
{
    public void Write(Utf8JsonWriter json, InfoFacts facts)
    {
        var kept = facts.Kept(services).ToArray();
        var present = kept.Select(entry => entry.File.Id.Value).ToHashSet();
        ServedJson.WriteFiles(json, facts.Model.Json, present.Contains, ours =>
        {
            ours.WriteStartObject();
            ours.WriteNumberOrNull("namedVersionId", facts.Found.NamesVersion ? facts.Shown?.Id.Value : null);
            ours.WriteNumberOrNull("namedFileId", facts.Found.File?.Id.Value);
            ours.WriteNumberOrNull("versionId", facts.Shown?.Id.Value);
            ours.WriteString("page", facts.Page.AbsoluteUri);
            Access(ours, facts.Access);
            ours.WriteStartObject("licence");
            foreach (var term in Licence.Terms(facts.Model.License)) Flag(ours, term.Name, term.Allowed);
            ours.WriteEndObject();
            Texts(ours, "words", facts.Shown is { } shown ? TrainedWords.Clean(shown.TrainedWords) : []);
            ours.WriteString("text", string.Join('\n', ReadableHtml.Read(facts.Model.Description).Select(block => block.Lead + block.Text)));
            ours.WriteStartArray("library");
            foreach (var (version, file, copy) in kept) Kept(ours, version.Id, file.Id, copy);
            ours.WriteEndArray();
            ours.WriteEndObject();
        });
    }

    private static void Access(Utf8JsonWriter json, DownloadAccess? access)
    {
        if (access is null)
        {
            json.WriteNull("access");
            return;
        }

        json.WriteStartObject("access");
        json.WriteString("who", access.Who);
        json.WriteString("earlyAccess", access.EarlyAccess);
        json.WriteString("earlyAccessEndsAt", access.EarlyAccessEndsAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static void Kept(Utf8JsonWriter json, ModelVersionId version, FileId file, LibraryFile copy)
    {
        var tips = UsageTips.Beside(copy);
        json.WriteStartObject();
        json.WriteNumber("versionId", version.Value);
        json.WriteNumber("fileId", file.Value);
        json.WriteString("path", copy.Path);
        if (tips.Weight is { } weight) json.WriteNumber("weight", weight);
        else json.WriteNull("weight");
        json.WriteString("activationText", tips.ActivationText);
        json.WriteString("negativeText", tips.NegativeText);
        json.WriteString("notes", tips.Notes);
        Texts(json, "savedWords", tips.SavedWords);
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void Flag(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } flag) json.WriteBoolean(name, flag);
        else json.WriteNull(name);
    }
}
