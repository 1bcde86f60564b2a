using CivitaiDownloader.Scanning.Python;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>The notations by which libraries write objects as JSON and make them again: jsonpickle, .NET, Java, and settings that name what to build.</summary>
internal static class JsonObjectTags
{
    private static readonly string[] GadgetTypes = ["System.Windows.Data.ObjectDataProvider", "System.Diagnostics.", "System.Configuration.Install", "System.Security.Principal.", "System.Workflow.", "System.Management.Automation", "System.Activities.", "System.IO.", "System.Web.", "System.Reflection.", "Microsoft.VisualStudio."];
    private static readonly string[] JavaTypes = ["java.", "javax.", "com.sun.", "sun.", "jdk.", "org.apache.", "org.springframework.", "org.hibernate.", "com.zaxxer.", "com.mchange.", "ch.qos.logback.", "net.sf.", "org.jboss.", "oracle."];

    public static void JudgeKey(string key, ScanItem item, ScanState state, long at)
    {
        if (key is "py/reduce" or "py/repr" or "py/function" or "py/newargs" or "py/newargsex" or "py/initargs" or "py/newobj" or "__reduce__" or "__reduce_ex__") state.Report(JsonRules.ObjectTag, item, $"the key '{key}'", at, key);
    }

    public static void JudgeValue(string key, string value, ScanItem item, ScanState state, long at)
    {
        switch (key)
        {
            case "_target_" or "target":
                if (CallTargets.IsDangerous(value, isOnlyPossible: key == "target")) state.Report(JsonRules.CallTarget, item, $"'{value}' under '{key}'", at, key);
                break;
            case "py/object" or "py/type" or "py/class" or "py/mod" or "py/module":
                state.Report(PythonModules.IsDangerous(value) ? JsonRules.ObjectTag : JsonRules.TypeTag, item, $"the type '{value}' under '{key}'", at, key);
                break;
            case "$type":
                if (Array.Exists(GadgetTypes, value.StartsWith)) state.Report(JsonRules.ObjectTag, item, $"the type '{value}' under '{key}'", at, key);
                else if (value.Contains(", ", StringComparison.Ordinal)) state.Report(JsonRules.TypeTag, item, $"the type '{value}' under '{key}'", at, key);
                break;
            case "@type" or "@class":
                if (Array.Exists(JavaTypes, value.StartsWith)) state.Report(JsonRules.ObjectTag, item, $"the type '{value}' under '{key}'", at, key);
                break;
        }
    }
}
