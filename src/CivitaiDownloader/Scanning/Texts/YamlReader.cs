using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;
using CivitaiDownloader.Scanning.Templates;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>YAML, event by event: aliases are never followed, so nothing grows. What matters are tags, and the names of what programs are told to build.</summary>
internal sealed class YamlReader : IContentReader
{
    private const int MaxBytes = 16 << 20, MaxDepth = 500;

    public ContentKind Read(ScanItem item, ScanState state)
    {
        if (item.Source.Length > MaxBytes) throw new BudgetExceededException(CoreRules.Limit, $"YAML of {item.Source.Length} bytes");
        using var text = new StreamReader(new SourceStream(item.Source));
        try
        {
            Walk(new Parser(text), item, state);
        }
        catch (YamlException broken)
        {
            // Only what is called YAML must be YAML: notes with colons look alike.
            if (item.Extension is not (".yaml" or ".yml")) return ContentKind.Text;
            throw new UnreadableException($"not YAML: {broken.Message}", broken.Start.Index);
        }

        return ContentKind.Yaml;
    }

    private static void Walk(Parser parser, ScanItem item, ScanState state)
    {
        var (depth, key) = (0, "");
        while (parser.MoveNext())
        {
            state.CancellationToken.ThrowIfCancellationRequested();
            if (parser.Current is not { } current) continue;
            depth += current.NestingIncrease;
            if (depth > MaxDepth) throw new UnreadableException($"more than {MaxDepth} levels deep", current.Start.Index);
            if (current is not NodeEvent node) continue;
            if (!node.Tag.IsEmpty) YamlTags.Judge(node.Tag.IsNonSpecific ? "!" : node.Tag.Value, item, state, node.Start.Index);
            if (node is not Scalar scalar)
            {
                key = "";
                continue;
            }

            if (JsonInspection.IsTemplateKey(key)) TemplateInspection.Run(scalar.Value, item, state, scalar.Start.Index, key);
            else TemplateInspection.RunUnlessPlain(scalar.Value, item, state, scalar.Start.Index, key);
            if (key is "_target_" or "target") JsonObjectTags.JudgeValue(key, scalar.Value, item, state, scalar.Start.Index);
            key = scalar.IsKey ? scalar.Value : "";
        }
    }
}
