return await CivitaiDownloader.Cli.CommandLine.CivitaiDl.RunAsync(args);
