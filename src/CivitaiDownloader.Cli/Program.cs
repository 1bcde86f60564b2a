using CivitaiDownloader.Cli.CommandLine;

return VersionText.Answer(args) ? 0 : await CivitaiDl.RunAsync(args);
