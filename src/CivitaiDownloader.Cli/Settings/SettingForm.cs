using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Scanning.Antivirus;
using CivitaiDownloader.Transfer.Pacing;

namespace CivitaiDownloader.Cli.Settings;

/// <summary>How a setting's value is written, read from its property: the type and the bounds that stand on it.</summary>
internal abstract record SettingForm
{
    private SettingForm() { }

    /// <summary>The word programs see.</summary>
    public abstract string Name { get; }

    /// <summary>What a value may be, as it goes on after "allowed is".</summary>
    public abstract string Allowed { get; }

    /// <summary>Whether the binder will take the text, and the bounds hold.</summary>
    public abstract bool Accepts(string text);

    /// <summary>What is wrong with a text that is not accepted, as a clause, where that says more than what is allowed.</summary>
    public virtual string? WhatIsWrong(string text) => null;

    /// <summary>The value as it stands in JSON.</summary>
    public virtual string Literal(string text) => $"\"{System.Text.Json.JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>The value as it may be printed: a name and password that stand in an address, and its query, are not.</summary>
    public virtual string Shown(string text) => text;

    /// <exception cref="NotSupportedException">A type that no setting had so far.</exception>
    public static SettingForm Of(PropertyInfo property)
    {
        var underlying = Nullable.GetUnderlyingType(property.PropertyType);
        var form = Of(property, underlying ?? property.PropertyType);
        return underlying is null ? form : new OrNothing(form);
    }

    private static SettingForm Of(PropertyInfo property, Type type)
    {
        var range = property.GetCustomAttribute<RangeAttribute>();
        if (type == typeof(bool)) return new Boolean();
        if (type == typeof(int)) return new Number(Bound(range?.Minimum) ?? int.MinValue, Bound(range?.Maximum) ?? int.MaxValue);
        if (type == typeof(long)) return new Number(Bound(range?.Minimum) ?? long.MinValue, Bound(range?.Maximum) ?? long.MaxValue);
        if (type == typeof(TimeSpan)) return new Duration(property.GetCustomAttribute<DurationRangeAttribute>());
        if (type == typeof(Uri)) return new Address();
        if (type.IsEnum) return new Choice([.. Enum.GetNames(type).Select(name => name.ToLowerInvariant())]);
        if (type == typeof(string) && property.IsDefined(typeof(ClamdFormAttribute))) return new Clamd();
        if (type == typeof(string) && property.IsDefined(typeof(BandwidthFormAttribute))) return new Bandwidth();
        if (type == typeof(string)) return new Text(property.GetCustomAttribute<RequiredAttribute>() is not { AllowEmptyStrings: false });
        throw new NotSupportedException($"{property.DeclaringType?.Name}.{property.Name} is a {type.Name}: SettingForm must learn how one is written.");
    }

    private static long? Bound(object? bound) => bound is null ? null : Convert.ToInt64(bound, CultureInfo.InvariantCulture);

    private sealed record Boolean : SettingForm
    {
        public override string Name => "boolean";

        public override string Allowed => "true or false";

        public override bool Accepts(string text) => bool.TryParse(text, out _);

        public override string Literal(string text) => bool.Parse(text) ? "true" : "false";
    }

    private sealed record Number(long Minimum, long Maximum) : SettingForm
    {
        public override string Name => "number";

        public override string Allowed => $"a whole number from {Minimum.ToString(CultureInfo.InvariantCulture)} to {Maximum.ToString(CultureInfo.InvariantCulture)}";

        public override bool Accepts(string text) =>
            long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= Minimum && number <= Maximum;

        public override string Literal(string text) => long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }

    private sealed record Duration(DurationRangeAttribute? Bounds) : SettingForm
    {
        public override string Name => "duration";

        public override string Allowed => Bounds is null ? "a time written [days.]hh:mm:ss" : $"a time from {Bounds.Minimum} to {Bounds.Maximum}";

        // The binder takes "30" for thirty days; nobody who types it means that.
        public override bool Accepts(string text) => text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && (Bounds is null || Bounds.IsValid(time));
    }

    private sealed record Address : SettingForm
    {
        public override string Name => "address";

        public override string Allowed => "an address such as https://civitai.com";

        public override bool Accepts(string text) => Uri.TryCreate(text, UriKind.Absolute, out _);

        // Also of what is no address: it may have been meant as one.
        public override string Shown(string text)
        {
            var start = text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
            var at = text.LastIndexOf('@');
            var shown = at >= start ? $"{text[..start]}[redacted]@{text[(at + 1)..]}" : text;
            var query = shown.IndexOf('?', StringComparison.Ordinal);
            return query < 0 || query == shown.Length - 1 ? shown : shown[..(query + 1)] + "[redacted]";
        }
    }

    private sealed record Text(bool MayBeEmpty) : SettingForm
    {
        public override string Name => "text";

        public override string Allowed => MayBeEmpty ? "any text" : "any text but an empty one";

        public override bool Accepts(string text) => MayBeEmpty || !string.IsNullOrWhiteSpace(text);
    }

    private sealed record Choice(string[] Words) : SettingForm
    {
        public override string Name => "text";

        public override string Allowed => $"{string.Join(", ", Words[..^1])} or {Words[^1]}";

        public override bool Accepts(string text) => Words.Contains(text, StringComparer.OrdinalIgnoreCase); // and no numbers, which the binder would take

        public override string Literal(string text) => base.Literal(text.ToLowerInvariant());
    }

    private sealed record Clamd : SettingForm
    {
        public override string Name => "text";

        public override string Allowed => ClamdAddress.Forms;

        public override bool Accepts(string text) => text.Length == 0 || ClamdAddress.TryParse(text, out _, out _);

        public override string Shown(string text) => new Address().Shown(text);

        public override string? WhatIsWrong(string text) => text.Length == 0 || ClamdAddress.TryParse(text, out _, out var mistake) ? null : mistake;
    }

    private sealed record Bandwidth : SettingForm
    {
        public override string Name => "text";

        public override string Allowed => BandwidthTimetable.Forms;

        public override bool Accepts(string text) => BandwidthTimetable.TryParse(text, out _, out _);

        public override string? WhatIsWrong(string text) => BandwidthTimetable.TryParse(text, out _, out var mistake) ? null : mistake;
    }

    private sealed record OrNothing(SettingForm Form) : SettingForm
    {
        public override string Name => Form.Name;

        public override string Allowed => Form.Allowed + ", or nothing";

        public override bool Accepts(string text) => text.Length == 0 || Form.Accepts(text);

        public override string Shown(string text) => Form.Shown(text);

        public override string Literal(string text) => text.Length == 0 ? "\"\"" : Form.Literal(text);
    }
}
