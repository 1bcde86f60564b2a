using System.Globalization;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Cli.SandboxCommand;

/// <summary>What there is in a Sandbox, without starting one.</summary>
internal static class SandboxLists
{
    public static void Faults(Screen screen)
    {
        if (screen.IsJson)
        {
            WriteFaultsJson();
            return;
        }

        screen.Output.WriteLine(screen.Ink.Strong($"{"FAULT",-16}{"AMOUNT",-9}WHAT HAPPENS"));
        foreach (var fault in FaultGuide.All) screen.Output.WriteLine($"{fault.Name,-16}{fault.Amount,-9}{fault.What}");
        screen.Say("Written KIND[@AIM][=AMOUNT][*TIMES][>AFTER], such as cut@4219=1000000*3. AIM is a model, vVERSION, fFILE, /path, api, storage or images.");
    }

    public static void Models(SampleCatalogue catalogue, Screen screen)
    {
        if (screen.IsJson)
        {
            WriteModelsJson(catalogue);
            return;
        }

        screen.Output.WriteLine(screen.Ink.Strong($"{"ID",8}  {"TYPE",-18}{"FILES",5}  {"SIZE",9}  NAME"));
        foreach (var model in catalogue.All.OrderBy(model => model.Id))
        {
            var files = model.Versions.SelectMany(version => version.Files).ToArray();
            screen.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{model.Id,8}  {DisplayText.Fit(DisplayText.Harmless(model.Type), 18)}{files.Length,5}  {ByteSize.Format(files.Sum(file => file.Content.Length)),9}  {DisplayText.Cut(DisplayText.Harmless(model.Name), Math.Max(20, screen.Width - 46))}"));
        }
    }

    private static void WriteFaultsJson()
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        json.WriteStartArray("faults");
        foreach (var fault in FaultGuide.All)
        {
            json.WriteStartObject();
            json.WriteString("name", fault.Name);
            json.WriteString("amount", fault.Amount.Length == 0 ? null : fault.Amount);
            json.WriteString("what", fault.What);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteModelsJson(SampleCatalogue catalogue)
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        json.WriteStartArray("models");
        foreach (var model in catalogue.All.OrderBy(model => model.Id))
        {
            json.WriteStartObject();
            json.WriteNumber("id", model.Id);
            json.WriteString("name", model.Name);
            json.WriteString("type", model.Type);
            json.WriteStartArray("versions");
            foreach (var version in model.Versions) json.WriteNumberValue(version.Id);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
