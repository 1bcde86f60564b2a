using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Programs;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Safetensors;

/// <summary>Holds a file to the rules of the format. Weights are passed over, but for the first bytes of each tensor, where a program would begin.</summary>
internal sealed class SafetensorsReader : IContentReader
{
    private const int TensorsLookedAt = 4096;

    /// <summary>Whether the reference reader takes it, from its first byte to its last.</summary>
    public static bool IsWhole(ScanSource source)
    {
        try
        {
            return SafetensorsHeader.Read(source).End == source.Length;
        }
        catch (Exception refused) when (refused is SafetensorsFault or BudgetExceededException)
        {
            return false;
        }
    }

    public ContentKind Read(ScanItem item, ScanState state)
    {
        try
        {
            var header = SafetensorsHeader.Read(item.Source);
            if (header.HasLeadingSpace) state.Report(SafetensorsRules.LeadingSpace, item, "the header begins with white space", 8);
            foreach (var (start, length) in header.Tensors.Where(tensor => tensor.Length >= 64).Take(TensorsLookedAt)) WeightBytes.Look(item, state, start, length);
            Leftover.Check(item, state, header.End, item.Source.Length - header.End, "behind the last tensor");
        }
        catch (SafetensorsFault fault)
        {
            state.Report(fault.Rule, item, fault.Message, fault.Offset);
        }

        return ContentKind.Safetensors;
    }
}
