using System.Globalization;
using CivitaiDownloader.Transfer.Pacing;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer.Pacing;

public sealed class BandwidthTimetableTests
{
    private const long Ki = 1024, Mi = Ki * 1024, Gi = Mi * 1024;

    public static TheoryData<string, long?> Figures => new()
    {
        { "off", null }, { "OFF", null }, { "0", null }, { " 10M ", 10 * Mi }, { "512", 512 * Ki }, { "1.5", 1536 }, { "100B", 100 }, { "64k", 64 * Ki }, { "64KiB", 64 * Ki },
        { "2Mi", 2 * Mi }, { "1.5G", 1536 * Mi }, { "1T", 1024 * Gi },
    };

    [Theory]
    [MemberData(nameof(Figures))]
    public void A_figure_means_what_it_means_to_rclone(string text, long? bytes) =>
        Assert.Equal(new(bytes, null), BandwidthTimetable.Parse(text).At(Local("2026-11-25 12:00")));

    [Theory]
    [InlineData("08:00 1M 18:00 off")]
    [InlineData("08:00,1M 18:00,off")]
    [InlineData("08:00,1M;18:00,off")]
    [InlineData("18:00 off 08:00 1024")]
    public void An_entry_holds_until_the_next_and_the_last_one_through_the_night(string text)
    {
        var table = BandwidthTimetable.Parse(text);

        Assert.Equal(new(null, Local("2026-11-25 08:00")), table.At(Local("2026-11-25 07:59:59")));
        Assert.Equal(new(Mi, Local("2026-11-25 18:00")), table.At(Local("2026-11-25 08:00")));
        Assert.Equal(new(null, Local("2026-11-26 08:00")), table.At(Local("2026-11-25 18:00")));
        Assert.Equal(new(null, Local("2026-11-29 08:00")), table.At(Local("2026-11-28 23:00"))); // from Saturday to Sunday
    }

    [Fact]
    public void Days_of_the_week_come_round()
    {
        var table = BandwidthTimetable.Parse("Mon-08:00 1M Sunday-20:00 off");

        Assert.Equal(new(Mi, Local("2026-11-29 20:00")), table.At(Local("2026-11-29 10:00"))); // Sunday morning: still what began on Monday
        Assert.Equal(new(null, Local("2026-11-30 08:00")), table.At(Local("2026-11-29 20:00")));
        Assert.Equal(new(null, Local("2026-11-30 08:00")), table.At(Local("2026-11-30 07:00")));
        Assert.Equal(new(Mi, Local("2026-12-06 20:00")), table.At(Local("2026-12-01 00:00")));
    }

    [Fact]
    public void A_day_of_its_own_comes_before_what_every_day_has_when_it_is_named_later()
    {
        var table = BandwidthTimetable.Parse("08:00 1M 18:00 off Sat-08:00 off");

        Assert.Null(table.At(Local("2026-11-28 12:00")).BytesPerSecond);
        Assert.Equal(Mi, table.At(Local("2026-11-27 12:00")).BytesPerSecond);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("fast", "'fast' is no figure")]
    [InlineData("10X", "'10X' is no figure")]
    [InlineData("-1M", "'-1M' is no figure")]
    [InlineData("1.2.3M", "'1.2.3M' is no figure")]
    [InlineData("10Bi", "'10Bi' is no figure")]
    [InlineData("0.1B", "less than a byte a second")]
    [InlineData("9E", "too large")]
    [InlineData("9999999999999999999999T", "too large")]
    [InlineData("10M:off", "a pair for both directions is not taken")]
    [InlineData("08:00", "stands where a figure must")]
    [InlineData("08:00 1M 18:00", "each time needs its figure")]
    [InlineData("24:00 1M", "'24:00' is no time from 00:00 to 23:59")]
    [InlineData("8:00 1M", "'8:00' is no time")]
    [InlineData("1M 08:00", "'1M' is no time")]
    [InlineData("Foo-08:00 1M", "'Foo' is no day from Mon to Sun")]
    [InlineData("08:00 10M:off", "a pair for both directions")]
    public void What_is_none_is_refused_with_the_value_the_reason_and_what_is_allowed(string text, string reason)
    {
        var refused = Assert.Throws<FormatException>(() => BandwidthTimetable.Parse(text));

        Assert.StartsWith($"'{text}' is no bandwidth: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains("'08:00 1M 18:00 off'", refused.Message, StringComparison.Ordinal);
    }

    private static DateTime Local(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
