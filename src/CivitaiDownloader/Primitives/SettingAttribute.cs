namespace CivitaiDownloader.Primitives;

/// <summary>
/// What a setting means, in a sentence or two: for <c>config list</c>, the reference page and whoever reads the class. Default, unit and bounds are
/// read from the property itself, so they are not said again.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string description) : Attribute
{
    public string Description { get; } = description;
}
