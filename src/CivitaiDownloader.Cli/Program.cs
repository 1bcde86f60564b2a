using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Http;

// Asked by scripts at every start, so it is answered before anything is built.
if (args is ["--version"])
{
    Console.Out.WriteLine($"civitai-dl {Product.Version}");
    return 0;
}

return await CivitaiDl.RunAsync(args);
