using CivitaiDownloader.Primitives;
using Microsoft.Extensions.Logging;

namespace CivitaiDownloader.Transfer;

public sealed partial class FileTransfer
{
    [LoggerMessage(2001, LogLevel.Warning, "{Name} changed at its source while it was fetched; it starts over")]
    private partial void LogChanged(string name);

    [LoggerMessage(2003, LogLevel.Warning, "{Name} arrived whole and its content is wrong: the wrong parts are looked for")]
    private partial void LogWrong(string name);

    [LoggerMessage(2002, LogLevel.Warning, "{Name}: the disk no longer holds what was written in {Range}; it is fetched again")]
    private partial void LogDamagedOnDisk(string name, ByteRange range);
}
