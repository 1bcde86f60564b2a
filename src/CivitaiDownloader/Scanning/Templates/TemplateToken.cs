namespace CivitaiDownloader.Scanning.Templates;

internal enum TemplateTokenKind
{
    Name,
    Text,
    Number,
    Sign,

    /// <summary>The end of a statement or an expression.</summary>
    End,
}

/// <summary>One word of a template's code. A text is given as the engine would have it, its escapes resolved.</summary>
internal readonly record struct TemplateToken(TemplateTokenKind Kind, string Value)
{
    public bool IsSign(string sign) => Kind == TemplateTokenKind.Sign && Value == sign;

    public bool IsName(string name) => Kind == TemplateTokenKind.Name && Value == name;
}
