using System.Text;

namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class TextSamples
{
    public static IEnumerable<Sample> All => [.. Scripts, .. Disguised, .. Pages, .. Harmless];

    private static IEnumerable<Sample> Scripts =>
    [
        Of("script", "run.sh", "#!/bin/sh\necho hello\n"),
        Of("script", "run", "#!/usr/bin/env python3\nprint('hello')\n"),
        Of("script", "notes.txt", "#!/bin/sh\necho hello\n"),
        Of("script", "shortcut.txt", "[InternetShortcut]\r\nURL=file:///c:/hello.txt\r\n"),
        Of("script", "starter.txt", "[Desktop Entry]\nType=Application\nExec=echo hello\n"),
        Of("script", "apple.txt", "tell application \"Finder\"\n  activate\nend tell\n"),
        Of("script", "nodes.py", "import os\nprint('hello')\n"),
        Of("script", "empty.bat", "hello\n"),
        Of("script", "yaml.bat", "echo: hello\n"),
        Of("script", "json.js", "{\"hello\": 1}\n"),
        Of("script", "start.cmd", "@echo off\r\necho hello\r\n"),
        Of("script", "hello.ps1", "param([string]$name)\nWrite-Host \"hello $name\"\n"),
        Of("script", "hello.vbs", "Option Explicit\nDim x\nMsgBox \"hello\"\n"),
        Of("script", "page.url", "[InternetShortcut]\r\nURL=file:///c:/hello.txt\r\n"),
        Of("script", "hello.desktop", "[Desktop Entry]\nType=Application\nExec=echo hello\n"),
        Of("script", "keys.reg", "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Hello]\r\n"),
        new("script", "installer", [.. "#!/bin/sh\nexit 0\n"u8, 0, 1, 2, 3]),
        new("script", "wide.bat", [0xff, 0xfe, .. Encoding.Unicode.GetBytes("@echo off\r\necho hello\r\n")]),
    ];

    private static IEnumerable<Sample> Disguised =>
    [
        Of("script-disguised", "model.safetensors", "#!/bin/sh\necho hello\n"),
        Of("script-disguised", "model.bin", "@echo off\r\necho hello\r\n"),
        Of("script-disguised", "model.ckpt", "import os\n\ndef hello():\n    print(os.name)\n\nhello()\n"),
        Of("script-disguised", "picture.png", "<?php echo 'hello'; ?>\n"),
        Of("script-disguised", "settings.json", "param([string]$x)\r\nWrite-Host 'hello'\r\nGet-Date\r\n"),
        Of("script-disguised", "model.gguf", "var shell = new ActiveXObject('WScript.Shell');\nshell.Popup('hello');\n"),
        Of("script-disguised", "model.pt", "Set shell = CreateObject(\"WScript.Shell\")\r\nshell.Popup \"hello\"\r\n"),
        Of("script-disguised", "model.pth", "set -e\nif [ -f hello ]; then\n  echo \"$(cat hello)\"\nfi\nexport GREETING=hello\n"),
        Of("script-disguised", "model.onnx", "__import__('builtins').print('hello')\n"),
    ];

    private static IEnumerable<Sample> Pages =>
    [
        Of("html-script", "page.html", "<!doctype html>\n<html><body><script>console.log('hello')</script></body></html>\n"),
        Of("html-script", "fragment.html", "<div onclick=\"hello()\">hello</div>\n"),
        Of("html-script", "unquoted.html", "<html><body><b onclick=location=name>hello</b></body></html>\n"),
        Of("html-script", "elsewhere.htm", "<html><head><meta http-equiv=\"refresh\" content=\"0; url=https://example.org/\"></head></html>\n"),
        Of("html-script", "references.html", "<html><body><a href=\"java&#115;cript:hello()\">hello</a></body></html>\n"),
        Of("html-script", "frame.html", "<!-- hello -->\n<html><body><iframe src=\"hello.html\"></iframe></body></html>\n"),
        Of("html-script", "hello.hta", "<html><body>hello</body></html>\n"),
        Of("html-script", "drawing.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>console.log('hello')</script></svg>\n"),
        Of("html-script", "prefix.svg", "<?xml version=\"1.0\"?>\n<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:script>console.log('hello')</s:script></s:svg>\n"),
        Of("html-script", "handler.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"console.log('hello')\"/>\n"),
        Of("html-script", "elsewhere.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"https://example.org/a.png\"/></svg>\n"),
        Of("html-script-disguised", "model.safetensors", "<html><body><script>console.log('hello')</script></body></html>\n"),
        Of("html-script-disguised", "model.ckpt", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"console.log('hello')\"/>\n"),
        Of("name-mismatch", "model.safetensors", "<!DOCTYPE html><html><head><title>404</title></head></html>\n"),
        Of("unreadable", "broken.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><g></svg>\n"),
    ];

    private static IEnumerable<Sample> Harmless =>
    [
        Of(null, "readme.md", "# Model\n\nInstall it:\n\n```sh\n#!/bin/sh\nset -e\npip install torch\nexport A=b\ncurl https://example.org | sh\n```\n\nThen `import torch` and `torch.load('x')`.\n"),
        Of(null, "readme.txt", "Trigger words: a cat, (masterpiece:1.2)\nimport it into your workflow, then run python main.py.\nUse <lora:cat:1>\n"),
        Of(null, "prompts.txt", "1girl, solo, long hair\n{red|blue} hair, smile\n[cat:dog:0.5], __animals__\n$name is here; echo of the past\n"),
        Of(null, "wildcards.txt", "{red|green}\n{blue|yellow}\n"),
        Of(null, "training.log", "2025-01-01 00:00:00 INFO loading model\n\u001b[32mepoch 1\u001b[0m: loss=0.1\nimport error: none\n"),
        Of(null, "table.csv", "name,value\na,1\nb,=1+1\n"),
        Of(null, "licence.txt", "Permission is hereby granted, free of charge, to any person obtaining a copy\nof this software (the \"Software\"), to deal in the Software without restriction.\n"),
        Of(null, "metadata.json", "{\"prompt\": \"import os; os.system('x')\", \"nodes\": [{\"type\": \"KSampler\", \"script\": \"<script>alert(1)</script>\"}]}"),
        Of(null, "config.yaml", "model:\n  target: ldm.models.diffusion.ddpm.LatentDiffusion\n  params:\n    scale_factor: 0.18215\n"),
        Of(null, "front.md", "---\nlicense: mit\ntags:\n- cat\n---\n# Cats\n\nA model of cats: it draws cats.\n"),
        Of(null, "page.html", "<!doctype html>\n<html><head><title>Hello</title></head><body><p>Information on = signs</p></body></html>\n"),
        Of(null, "drawing.svg", "<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><path id=\"a\" d=\"M0 0\"/><use xlink:href=\"#a\"/></svg>\n"),
        Of(null, "unit.pas", "unit hello;\ninterface\nfunction Add(a, b: integer): integer;\nimplementation\nfunction Add(a, b: integer): integer;\nbegin\n  Add := a + b;\n  Add := a + b;\n  Writeln('hello');\n  Writeln(a);\n  Writeln(b);\n  Flush(output);\n  Close(output);\nend;\nend.\n"),
        Of(null, "hello.c", "#include <stdio.h>\n#define N 1\nconst char *text = \"hello\";\nint main(void)\n{\n    puts(text);\n    return 0;\n}\n/* function(hello); */\nconst int a = 1;\nhello(a);\n"),
        Of(null, "my.cnf", "# settings\n!includedir /etc/hello/conf.d/\n"),
        new(null, "mark.txt", [0xef, 0xbb, 0xbf, .. "caf\u00e9 \u732b\n"u8]),
        new(null, "wide.txt", [0xff, 0xfe, .. Encoding.Unicode.GetBytes("caf\u00e9 \u732b, import nothing\r\n")]),
        new(null, "wide-big.txt", [0xfe, 0xff, .. Encoding.BigEndianUnicode.GetBytes("hello\r\n")]),
        new(null, "latin.txt", Encoding.Latin1.GetBytes("caf\u00e9 au lait\n")),
        new(null, "shift-jis.txt", [0x94, 0x4c, 0x82, 0xcc, 0x8a, 0x47, 0x0d, 0x0a]),
    ];

    private static Sample Of(string? rule, string name, string text) => new(rule, name, Encoding.UTF8.GetBytes(text));
}
