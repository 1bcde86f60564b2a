using System.Globalization;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>Every message of the feature on one screen. What a host said is shown, made harmless and cut.</summary>
internal static class CatalogErrors
{
    private const string SetKey = "Make a key at https://civitai.com/user/account and store it with `civitai-dl login`, or set it as CIVITAI_API_KEY, then run the same command again.";

    public static CatalogException NotFound(string what, string? said) => new(CatalogFault.NotFound, $"{what} was not found{Said(said)}")
    { Hint = "It may be unpublished, deleted, private, or never have existed. Check the number, or look for it with `civitai-dl search`." };

    public static CatalogException IsVersion(ModelId number, ModelId model) => new(CatalogFault.NotFound, $"There is no model {number}, but there is a version {number} of model {model}")
    { Hint = $"Name it as {model}@{number}. Nothing was downloaded." };

    public static CatalogException AmbiguousNumber(Model model, ModelId? other, VersionAccess version) => new(CatalogFault.AmbiguousNumber,
        $"{model.Id} is the model '{Name(model.Name)}' and also the version '{Name(version.VersionName)}' of {(other is { } id ? $"the model {id} " : "the model ")}'{Name(version.ModelName)}'")
    { Hint = $"Say which: model:{model.Id} for the first, {(other is { } of ? $"{of}@{model.Id}" : $"version:{model.Id}")} for the second. Nothing was downloaded." };

    public static CatalogException OtherModel(ModelVersionId version, ModelId named, ModelId its) => new(CatalogFault.NotFound, $"Version {version} belongs to model {its}, not to model {named}")
    { Hint = $"If the version is meant, name it as {its}@{version}. Nothing was downloaded." };

    public static CatalogException UnknownHash(string what) => new(CatalogFault.NotFound, $"Civitai knows no published file with {what}")
    { Hint = "It may be unpublished, have been uploaded within the last hour, or never have been on Civitai. Nothing was downloaded." };

    public static CatalogException AmbiguousHash(string what, string present) => new(CatalogFault.AmbiguousFile, $"More than one file has {what}")
    { Hint = $"Name one by a longer hash, or as MODEL@VERSION+FILE: {present}." };

    public static CatalogException FileNotFound(string what) => new(CatalogFault.NotFound, $"Civitai has no file to give for {what}")
    { Hint = "It may be unpublished or removed, or its storage may be failing for the moment: try once more later. Nothing was placed in the library." };

    public static CatalogException Archived(string what) => new(CatalogFault.Archived, $"{what} is archived: its page is kept, its files are not offered any more")
    { Hint = "There is nothing to download. Another version or a copy may be found with `civitai-dl search`." };

    public static CatalogException SignInRequired(string what) => new(CatalogFault.SignInRequired, $"{what} can only be downloaded when signed in")
    { Hint = SetKey + " Nothing is lost." };

    public static CatalogException KeyNeeded(string what) => new(CatalogFault.SignInRequired, $"{what} can only be had with a key that Civitai accepts")
    { Hint = SetKey + " Nothing is lost." };

    public static CatalogException KeyRejected(string what) => new(CatalogFault.KeyRejected, $"Civitai does not accept the key, and {what} needs one")
    { Hint = "The key is wrong, expired or revoked. " + SetKey };

    public static CatalogException DownloadsDisabled(string what) => new(CatalogFault.DownloadsDisabled, $"The creator of {what} has switched downloads off")
    { Hint = "It can be used on the site only; no key changes that." };

    public static CatalogException EarlyAccess(string what, DateTimeOffset? until) => new(CatalogFault.EarlyAccess,
        $"{what} is in early access " + (until is { } end ? $"until {end.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC" : "with no end date")
        + " and has not been bought with this account")
    { Hint = (until is null ? "Buy access on its page" : "Wait until then, or buy access on its page") + "; with a key of the buying account (`civitai-dl login`) it downloads at once.", Deadline = until };

    public static CatalogException AccessRefused(string what, string? said) => new(CatalogFault.AccessRefused, $"Civitai refuses {what}{Said(said)}")
    { Hint = "It is private, or this account or network may not have it. Check on its page with the same account." };

    public static CatalogException RegionBlocked(string? said) => new(CatalogFault.RegionBlocked, $"Civitai does not serve this region{Said(said)}")
    { Hint = "The site blocks it for legal reasons, whatever the key. Nothing is lost." };

    public static CatalogException QuotaReached(string? said) => new(CatalogFault.QuotaReached, $"Civitai's download quota for this account or address is used up{Said(said)}")
    { Hint = "It is counted over 24 hours: run the same command again tomorrow. Nothing is lost." };

    public static CatalogException Throttled(TimeSpan? wait) => new(CatalogFault.Throttled,
        "Civitai asks to slow down" + (wait is { } time ? $" and to wait {Math.Ceiling(time.TotalSeconds):0} s" : ""))
    { Hint = $"Run the same command again {(wait is null ? "in some minutes" : "after that")}. Nothing is lost." };

    public static CatalogException InvalidRequest(string? said) => new(CatalogFault.InvalidRequest, $"Civitai does not accept this request{Said(said)}")
    { Hint = "Check the filters that were given; `civitai-dl search --help` lists what is allowed." };

    public static CatalogException ServerFailing(int status, string? said) => new(CatalogFault.ServerFailing, $"Civitai answered {status} and went on doing so{Said(said)}")
    { Hint = "The site is overloaded or down; run the same command again in some minutes. Nothing is lost." };

    public static CatalogException PageAnswer(int status) => new(CatalogFault.PageAnswer, $"Civitai sent a web page (status {status}) where data was expected")
    { Hint = "A challenge or maintenance page stands in front of the site. Try again in some minutes; a key (`civitai-dl login`, or CIVITAI_API_KEY) often helps." };

    public static CatalogException Unreadable(string what, Exception? cause) => new(CatalogFault.UnreadableAnswer,
        $"Civitai's answer about {what} cannot be read" + (cause is null ? "" : ": " + VisibleText.OneLine(cause.Message, 160)), cause)
    { Hint = "Try again in some minutes; if it stays so, the site has changed: look for a newer civitai-dl. Nothing is lost." };

    public static CatalogException NoSuchFile(string what, string wanted, string present) => new(CatalogFault.NoSuchFile, $"{what} has no file with {wanted}")
    { Hint = present.Length == 0 ? "It has no files at all." : $"It has: {present}." };

    public static CatalogException NoFiles(string what) => new(CatalogFault.NoSuchFile, $"{what} has no file that can be downloaded")
    { Hint = "Look at its versions with `civitai-dl info`, and name one as MODEL@VERSION." };

    public static CatalogException NoSuchVersion(string model, ModelVersionId version, string present) => new(CatalogFault.NotFound,
        $"{model} has no version {version}")
    { Hint = present.Length == 0 ? "It has no versions." : $"It has: {present}." };

    public static CatalogException AmbiguousFile(string name, string present) => new(CatalogFault.AmbiguousFile,
        $"More than one file is called '{VisibleText.OneLine(name, 120)}'")
    { Hint = $"Name one by its id with --file: {present}." };

    public static CatalogException NoSuchTag(string tag, IReadOnlyList<string> near) => new(CatalogFault.NotFound, $"Civitai knows no tag '{VisibleText.OneLine(tag, 80)}'")
    {
        Hint = (near.Count == 0 ? "" : $"Did you mean {NearMisses.Sentence(near)}? ") + "It ignores a tag it does not know and lists everything, so nothing is shown. Give the words without --tag to look for them in names.",
    };

    public static CatalogException NoSuchCreator(string creator, CatalogException refused) => new(CatalogFault.NotFound, $"Civitai knows no creator '{VisibleText.OneLine(creator, 80)}'", refused)
    { Hint = "Take the name from the address of their page, https://civitai.com/user/NAME; to look for it, give it without --creator." };

    /// <param name="what">What was asked for, at the start of a sentence: <c>Favourites</c>.</param>
    public static CatalogException NeedsAccount(string what) => new(CatalogFault.SignInRequired, $"{what} belong to an account: they need its key, and there is none, or Civitai does not accept it")
    { Hint = SetKey + " Nothing is lost." };

    private static string Name(string? name) => VisibleText.OneLine(name, 80);

    private static string Said(string? said) => string.IsNullOrWhiteSpace(said) ? "" : $" (it said: {VisibleText.OneLine(said, 200)})";
}
