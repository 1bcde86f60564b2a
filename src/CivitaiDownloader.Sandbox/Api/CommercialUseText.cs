using System.Text.Json;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>The wire forms <c>allowCommercialUse</c> has had (civitai-api 2.2).</summary>
internal static class CommercialUseText
{
    public static string[] Grants(CommercialUseForm form) => form switch
    {
        CommercialUseForm.SingleText => ["Sell"],
        CommercialUseForm.EmptyArray or CommercialUseForm.EmptySetText or CommercialUseForm.NoneText or CommercialUseForm.Null => [],
        _ => ["Image", "RentCivit"],
    };

    public static void Write(Utf8JsonWriter json, CommercialUseForm form)
    {
        json.WritePropertyName("allowCommercialUse");
        switch (form)
        {
            case CommercialUseForm.SetText or CommercialUseForm.EmptySetText: json.WriteStringValue("{" + string.Join(',', Grants(form)) + "}"); break;
            case CommercialUseForm.SingleText: json.WriteStringValue(Grants(form)[0]); break;
            case CommercialUseForm.NoneText: json.WriteStringValue("None"); break;
            case CommercialUseForm.Null: json.WriteNullValue(); break;
            default:
                json.WriteStartArray();
                foreach (var use in Grants(form)) json.WriteStringValue(use);
                json.WriteEndArray();
                break;
        }
    }
}
