using System.Text;
using System.Text.Json;

namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class TemplateSamples
{
    private const string ChatMl = "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] | trim + '<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    private const string Tools = """
        {{- bos_token }}
        {%- if not date_string is defined %}
            {%- if strftime_now is defined %}{%- set date_string = strftime_now("%d %b %Y") %}{%- else %}{%- set date_string = "26 Jul 2024" %}{%- endif %}
        {%- endif %}
        {%- macro render_type(spec, required_params, is_nullable=false) -%}
            {%- if spec.type == "array" and spec['items'] -%}{{ spec['items']['type'] + "[]" }}{%- elif spec.type is defined and spec.type is iterable and spec.type is not string -%}{{ spec.type | join(" | ") }}{%- else -%}any{%- endif -%}
        {%- endmacro -%}
        {%- set ns = namespace(is_first=false, multi_step_tool=true, last_query_index=messages|length - 1) %}
        {%- set loop_messages = messages | rejectattr("role", "equalto", "system") | list %}
        {%- set roles = messages | map(attribute='role') | unique | list %}
        {%- for message in messages[::-1] %}
            {%- set index = (messages|length - 1) - loop.index0 %}
            {%- set _ = roles.append(message.role) %}
            {%- if ns.multi_step_tool and message.role == "user" and not(message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}{%- set ns.last_query_index = index %}{%- endif %}
        {%- endfor %}
        {%- for tool in tools %}{{ "\n" }}{{ tool | tojson(indent=4) }}{{ render_type(tool.function.parameters, []) }}{%- endfor %}
        {%- for message in loop_messages %}
            {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('After the optional system message, conversation roles must alternate') }}{%- endif %}
            {%- set content = message.content %}
            {%- if '</think>' in content %}{%- set content = content.split('</think>')[-1].lstrip('\n') %}{%- endif %}
            {%- if message.tool_calls is defined %}{%- for call in message.tool_calls %}{%- if call.function %}{%- set call = call.function %}{%- endif %}{{ '{"name": "' ~ call.name ~ '", "arguments": ' }}{{ call.arguments if call.arguments is string else call.arguments | tojson }}{{- "}\n</tool_call>" }}{%- endfor %}{%- endif %}
            {{- '<|' + message.role + '|>' + (content if content is string else content[0]['text']) }}
            {%- for key, value in message.items() if key not in ['role', 'content'] %}{{ key | replace('-', '_') }}{%- endfor %}
        {%- endfor %}
        {% raw %}{{ messages }} {# {% endraw %}{% set text = '[' ~ messages[0].role ~ ']' %}{{ text[1:] }}{{ text[text|length - 1] }}{{ '{}: {}'.format(text, 1) }}
        {% set names = namespace(last='', index=0) %}{% set names.last = names.last ~ 'x' %}{{ messages[names.index].content }}{% set role = messages[0].role | lower %}{{ titles[role] }}
        {# self.__class__ in a comment runs nothing #}
        """;

    public static IEnumerable<Sample> All =>
    [
        new(null, "chatml.gguf", Gguf(ChatMl)),
        new(null, "tools.gguf", Gguf(Tools)),
        new(null, "tokenizer_config.json", Json(ChatMl)),
        new(null, "several.json", Encoding.UTF8.GetBytes($$"""{"chat_template": [{"name": "default", "template": {{JsonSerializer.Serialize(ChatMl)}}}, {"name": "tool_use", "template": {{JsonSerializer.Serialize(Tools)}}}]}""")),
        .. Escapes.Select((template, index) => new Sample("template-escape", $"escape-{index}.gguf", Gguf(template))),
        new("template-escape", "escape-in-json.json", Json(Escapes[0])),
        new("template-escape", "escape-in-list.json", Encoding.UTF8.GetBytes("""{"chat_template": [{"name": "default", "template": "{{ x.__cl""" + """\u0061ss__ }}"}]}""")),
        .. Indirections.Select((template, index) => new Sample("template-indirect-access", $"indirect-{index}.gguf", Gguf(template))),
        new("template-engine-object", "engine.gguf", Gguf("{{ lipsum.globals }}")),
        new("template-engine-object", "engine-subscript.gguf", Gguf("{{ request['application'] }}")),
        new("template-loads-template", "include.gguf", Gguf("{% include 'other.jinja' %}")),
        new("template-loads-template", "include-list.gguf", Gguf("{% include ['other.jinja'] %}")),
        new("template-loads-template", "from.gguf", Gguf("{%- from name import helper -%}{{ helper() }}")),
    ];

    private static string[] Escapes =>
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ x['__class__'] }}",
        "{{ x[\"\\x5f\\x5fclass\\x5f\\x5f\"] }}",
        "{{ x['__cl' ~ 'ass__'] }}",
        "{{ x|attr('__class__') }}",
        "{% set a = '_' * 2 %}{% set b = '_' * 2 ~ 'globals' ~ '_' * 2 %}{{ lipsum[b] }}",
        "{{ x['__ssalc__'|reverse] }}",
        "{{ getattr(x, 'y') }}",
        "{{ messages | map(attribute='__class__') | list }}",
        "{{ eval('print(1)') }}",
        "{{ os.popen('echo') }}",
        "{{ __builtins__ }}",
        "{{ x._module }}",
        "{{ '%}' }}{{ x.gi_frame }}",
        "{% raw %}{# {% endraw %}{{ x.__class__ }}{%- raw -%} #}{%- endraw %}",
        "{{ x['__cl\\\nass__'] }}",
        "{{ 'x'.constructor }}",
    ];

    private static string[] Indirections =>
    [
        "{{ x|attr(name) }}",
        "{{ x[a ~ b] }}",
        "{{ x['na' + suffix] }}",
        "{{ x[['na', 'me']|join] }}",
        "{{ messages | map('attr', 'name') }}",
        "{{ messages | map(attribute=name) }}",
        "{{ messages | selectattr(name) }}",
        "{{ '%c' | format(95) }}",
        "{{ (x|string|list)[3] }}",
        "{% set u = '_' %}{% set k = u ~ u ~ 'class' ~ u ~ u %}{{ x[k] }}",
        "{% set k = 'XXclassXX'|replace('X', '_') %}{{ x[k] }}",
        "{% set k = 'class'.center(9, '_') %}{{ x[k] }}",
        "{% set k %}__class__{% endset %}{{ x[k] }}",
        "{% macro k() %}__class__{% endmacro %}{{ x[k()] }}",
        "{% macro get(of, name) %}{{ of[name] }}{% endmacro %}{% set u = '_' %}{{ get(x, u ~ 'class') }}",
        "{% set ns = namespace(k='') %}{% set ns.k = a ~ b %}{{ x[ns.k] }}",
        "{% for k in [u ~ 'class'] %}{{ x[k] }}{% endfor %}",
        "{% with k = u * 2 + 'class' %}{{ x[k] }}{% endwith %}",
        "{% set p = ['__cl', 'x', 'ass__'] %}{{ x[p[0] + p[2]] }}",
        "{{ messages | map(f, name) }}",
        "{{ messages | map(**arguments) }}",
        "{{ messages | join(',', attribute=name) }}",
        "{{ messages | sum(name) }}",
        "{{ '%1c' | format(95) }}",
        "{% set s = () | select | string %}{{ s }}",
        "{{ '{0.name}'.format(x) }}",
        "{{ ('{0.' + name + '}').format(x) }}",
        "{% set f = '{0}'.format %}{{ f(x) }}",
        "{{ '{name}'.format_map(x) }}",
        "{% filter attr(name) %}x{% endfilter %}",
        "{% set d = [] %}{% set _ = d.append(u ~ 'class') %}{{ x[d[0]] }}",
        "{% macro get(of, name='_' ~ u) %}{{ of[name] }}{% endmacro %}{{ get(x) }}",
        "{% call(name) make() %}{{ x[name] }}{% endcall %}{% macro make() %}{{ caller(u ~ 'class') }}{% endmacro %}",
        "{% set c = cycler('_', 'class') %}{{ x[c.next() + c.next()] }}",
        "{{ messages | map('at' 'tr', 'name') }}",
        "{{ messages | map(['attr'][0], name) }}",
        "{{ messages | sort(false, false, name) }}",
        "{{ messages | join(',', name) }}",
        "{% macro g(a) %}{% endmacro %}{{ " + string.Concat(Enumerable.Repeat("g(", 100_000)),
    ];

    private static byte[] Gguf(string template) => new GgufBytes().Pair("tokenizer.chat_template", template).Whole();

    private static byte[] Json(string template) => Encoding.UTF8.GetBytes($$"""{"bos_token": "<s>", "chat_template": {{JsonSerializer.Serialize(template)}}}""");
}
