using System.Text;

namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class JsonSamples
{
    public static IEnumerable<Sample> All =>
    [
        Text(null, "workflow.json", """{"last_node_id": 3, "nodes": [{"type": "KSampler", "widgets_values": ["import os; os.system('echo')", NaN, -Infinity, "__class__"]}], "is_changed": [NaN], "target": "output"}"""),
        Text(null, "words.json", """{"prompt": "{{__class__|__name__}}, {a|b}", "target": "test.png", "prompt_template": "{{ input | trim }}{{ platform.name }}"}"""),
        Text(null, "comments.json", "// settings\n{\n  \"a\": 1, // don't \"\n  \"b\": [1, 2,], /* \" */\n  \"c\": \"NaN\",\n}\n"),
        Text("json-object-tag", "behind-comment.json", "{\"a\": 1, // \"\n  \"py/object\": \"own.ThiNg\", \"py/reduce\": [{\"py/type\": \"own.Thing\"}]}"),
        Text(null, "twice.json", """{"a": 1, "a": 2}"""),
        Text(null, "schema.json", """{"@type": "Person", "$type": "app.example.post", "type": "object", "target": "sys"}"""),
        Text(null, "index.json", "{\n  \"metadata\": {\"total_size\": 1},\n  \"weight_map\": {\"a.weight\": \"model-00001-of-00002.safetensors\"}\n}\n"),
        Text(null, "model.yaml", "model:\n  base_learning_rate: 1.0e-04\n  target: ldm.models.diffusion.ddpm.LatentDiffusion\n  params:\n    linear_start: 0.00085\n    cond_stage_config: &a\n      target: torch.nn.Identity\n    other: *a\n"),
        Text(null, "tags.yaml", "a: !!str 1\nb: !!set {x: null}\nc: !!binary aGVsbG8=\nd: !!python/tuple [1, 2]\ne: ! x\n"),
        Text("json-object-tag", "pickled.json", """{"py/object": "own.Thing", "py/reduce": [{"py/type": "own.Thing"}]}"""),
        Text("json-object-tag", "gadget.json", """{"$type": "System.Windows.Data.ObjectDataProvider, PresentationFramework", "MethodName": "Start"}"""),
        Text("json-object-tag", "java.json", """{"@type": "com.sun.rowset.JdbcRowSetImpl", "autoCommit": true}"""),
        Text("json-type-tag", "typed.json", """{"$type": "Own.Thing, Own", "a": 1}"""),
        Text("config-call-target", "settings.json", """{"model": {"_target_": "os.getcwd"}}"""),
        Text("config-call-target", "settings.yaml", "model:\n  target: subprocess.getoutput\n  params: {cmd: echo}\n"),
        Text("unreadable", "broken.json", """{"a": 1, "b": [1, 2], "c": {"d": 3, "e": [4, 5}""" ),
        Text(null, "prompts.txt", "{\"a\": [1, 2], \"b\": [3, 4], and so on\n"),
        Text("template-escape", "prompt.json", """{"settings": {"prompt": "{{ x.__class__ }}"}}"""),
        Text("template-escape", "template.jinja", "{% for m in messages %}{{ m.__class__ }}{% endfor %}"),
        Text("template-escape", "template.yaml", "name: x\nchat_template: \"{{ x._y }}\"\n"),
        Text("unreadable", "broken.yaml", "a: 1\nb: [1, 2\nc: }\n"),
        Text("yaml-python-tag", "call.yaml", "a: !!python/object/apply:os.getcwd []\n"),
        Text("yaml-python-tag", "verbatim.yaml", "a: 1\nb: !<tag:yaml.org,2002:python/name:os.getcwd> ''\n"),
        Text("yaml-python-tag", "handle.yaml", "%TAG !p! tag:yaml.org,2002:python/\n---\na: !p!name:os.getcwd ''\n"),
        Text("yaml-python-tag", "ruby.yaml", "a: 1\nb: !ruby/object:Gem::Installer\n  i: x\n"),
        Text("yaml-unknown-tag", "own-tag.yaml", "a: 1\nb: !include other.yaml\n"),
    ];

    private static Sample Text(string? rule, string name, string text) => new(rule, name, Encoding.UTF8.GetBytes(text));
}
