namespace CivitaiDownloader.Jobs.Strategies;

/// <summary>
/// As many files as pay: large ones, one more as long as the line carries more for it and one less when it does not or requests fail; small ones beside
/// them, so that neither the line nor the round trips are idle. Additive steps up, halves down, as a TCP connection does.
/// </summary>
internal sealed class AdaptiveStrategy(int firstLarge, int mostLarge, int mostSmall) : IJobStrategy
{
    private const double Worth = 1.05; // a file more has to bring so much: less is noise
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private int _large = Math.Clamp(firstLarge, 1, mostLarge);
    private readonly int _mostSmall = mostSmall;
    private int _small = mostSmall; // they cost little: how many a host bears its gate finds out
    private int _step = 1;
    private JobLoad _before;
    private double _rate;
    private double _items;
    private bool _began;

    public JobLanes Lanes(JobLoad load)
    {
        if (!_began) (_began, _before) = (true, load);
        if (load.Now - _before.Now >= Look) Judge(load);
        return new(_large, _small);
    }

    private void Judge(JobLoad load)
    {
        var seconds = (load.Now - _before.Now).TotalSeconds;
        var rate = (load.Fetched - _before.Fetched) / seconds;
        var items = (load.Ended - _before.Ended) / seconds;
        if (load.Retries - _before.Retries > Math.Max(2, items))
        {
            (_large, _small, _step) = (Math.Max(1, _large / 2), Math.Max(1, _small / 2), 1);
        }
        else
        {
            if (load.Large >= _large) Climb(rate);
            if (load.Small >= _small && items >= _items * Worth) _small = Math.Min(_mostSmall, _small * 2);
        }

        (_before, _rate, _items) = (load, rate, items);
    }

    // Goes on in a direction as long as it pays, turns round where it does not.
    private void Climb(double rate)
    {
        if (rate < _rate * Worth) _step = rate < _rate / Worth ? -_step : _step > 0 ? 0 : 1;
        else if (_step == 0) _step = 1;
        _large = Math.Clamp(_large + _step, 1, mostLarge);
    }
}
