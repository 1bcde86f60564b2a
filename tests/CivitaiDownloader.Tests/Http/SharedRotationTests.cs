using CivitaiDownloader.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Http;

public sealed class SharedRotationTests
{
    private readonly SharedRotation _rotation = new();

    [Fact]
    public void One_request_opens_a_connection_and_the_others_go_over_those_that_are_open()
    {
        _rotation.Answered(_rotation.Take(1));

        var taken = Take(20, needed: 4);

        Assert.Equal([17, 1, 1, 1], Counted(taken));
    }

    [Fact]
    public void Over_open_ones_they_go_in_turn()
    {
        foreach (var index in Take(4, needed: 4)) _rotation.Answered(index);

        Assert.Equal([5, 5, 5, 5], Counted(Take(20, needed: 4)));
    }

    [Fact]
    public void Where_none_is_open_they_wait_for_those_that_are_being_opened() => Assert.Equal([5, 5, 5, 5], Counted(Take(20, needed: 4)));

    [Fact]
    public void What_failed_is_opened_by_one_request_again()
    {
        foreach (var index in Take(4, needed: 4)) _rotation.Answered(index);
        _rotation.Failed(2);

        Assert.Equal(1, Counted(Take(20, needed: 4))[2]);
    }

    [Fact]
    public void No_more_are_used_than_are_needed()
    {
        foreach (var index in Take(4, needed: 4)) _rotation.Answered(index);

        Assert.Equal([10, 10, 0, 0], Counted(Take(20, needed: 2)));
    }

    private int[] Take(int requests, int needed) => [.. Enumerable.Range(0, requests).Select(_ => _rotation.Take(needed))];

    private static int[] Counted(int[] taken) => [.. Enumerable.Range(0, 4).Select(index => taken.Count(one => one == index))];
}
