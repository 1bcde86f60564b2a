namespace CivitaiDownloader.Jobs.Strategies;

/// <summary>
/// As many files as pay: large ones, one more as long as the line carries more for it and one less when it does not or requests fail; small ones beside
/// them, so that neither the line nor the round trips are idle. Additive steps up, halves down, as a TCP connection does.
/// </summary>
internal sealed class AdaptiveStrategy(int firstLarge, int mostLarge, int mostSmall) : IJobStrategy
{
    private const int Rest = 4; // looks between a step that brought nothing and the next
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private int _large = Math.Clamp(firstLarge, 1, mostLarge);
    private readonly int _mostSmall = mostSmall;
    private int _small = mostSmall; // they cost little: how many a host bears its gate finds out
    private int _step = 1; // the last one; 0: none
    private int _next = 1; // the one to try after a rest
    private int _rest;
    private JobLoad _before;
    private double _rate;
    private bool _began;

    public JobLanes Lanes(JobLoad load)
    {
        if (!_began) (_began, _before) = (true, load);
        if (load.Now - _before.Now >= Look) Judge(load);
        return new(_large, _small);
    }

    // What a file more has to bring: half of an even share, but less is noise.
    private double Worth => 1 + Math.Clamp(0.5 / _large, 0.02, 0.05);

    private void Judge(JobLoad load)
    {
        var seconds = (load.Now - _before.Now).TotalSeconds;
        var rate = (load.Fetched - _before.Fetched) / seconds;
        var items = (load.Ended - _before.Ended) / seconds;
        if (load.Retries - _before.Retries > Math.Max(2, items))
        {
            (_large, _small, _step, _next, _rest) = (Math.Max(1, _large / 2), Math.Max(1, _small / 2), 0, 1, Rest);
        }
        else
        {
            if (load.Large >= _large) Climb(rate);
            if (load.Small >= _small) _small = Math.Min(_mostSmall, _small + Math.Max(1, _small / 4));
        }

        (_before, _rate) = (load, rate);
    }

    // Goes on in a direction as long as it pays, takes back the step that did not, and tries again after a while: a line changes.
    private void Climb(double rate)
    {
        if (_step == 0 && _rest > 0)
        {
            _rest--;
        }
        else if (_step == 0 || rate >= _rate * Worth)
        {
            if (_step == 0) _step = _next;
            _large = Math.Clamp(_large + _step, 1, mostLarge);
        }
        else
        {
            _large = Math.Clamp(_large - _step, 1, mostLarge);
            (_next, _step, _rest) = (rate < _rate / Worth ? -_step : 1, 0, Rest);
        }
    }
}
