namespace CivitaiDownloader.Cli.Rendering;

/// <summary>Emphasis on a terminal that shows it; nothing elsewhere. Meaning never depends on it.</summary>
internal sealed class Ink(bool isOn)
{
    public bool IsOn => isOn;

    public string Strong(string text) => Wrap(text, "1");

    public string Faint(string text) => Wrap(text, "2");

    public string Good(string text) => Wrap(text, "32");

    public string Warn(string text) => Wrap(text, "33");

    public string Bad(string text) => Wrap(text, "1;31");

    private string Wrap(string text, string code) => isOn ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
