namespace CivitaiDownloader.Primitives;

/// <summary>
/// Told where a stage of work is over and another begins, whose code and memory differ: a connection is open, or secured; a file has arrived.
/// Whoever runs the program may want to give back what the last one left. Be quick.
/// </summary>
public delegate void StageEnded();
