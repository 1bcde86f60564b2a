namespace CivitaiDownloader.Scanning.Archives;

/// <summary>One coder of a folder: a decoder or a filter.</summary>
internal sealed record SevenZipCoder(ulong Method, byte[] Properties, int Inputs, int Outputs);

/// <summary>A chain of coders that packed streams run through, and what comes out of it: the content of one member or many, one behind the other.</summary>
internal sealed record SevenZipFolder(IReadOnlyList<SevenZipCoder> Coders, IReadOnlyList<(int Input, int Output)> Pairs, IReadOnlyList<int> PackedInputs)
{
    private const int MostCoders = 32;

    public IReadOnlyList<long> UnpackedSizes { get; set; } = [];

    public IReadOnlyList<(long Start, long Bytes)> Packed { get; set; } = [];

    public uint? Checksum { get; set; }

    public bool IsEncrypted => Coders.Any(coder => coder.Method >> 16 == 0x06f1);

    public bool IsStored => Coders is [{ Method: 0 }];

    public int Outputs => Coders.Sum(coder => coder.Outputs);

    /// <summary>Of the output that no other coder takes.</summary>
    public long UnpackedSize => UnpackedSizes[LastOutput];

    public int LastOutput => Enumerable.Range(0, Outputs).First(output => Pairs.All(pair => pair.Output != output));

    public static SevenZipFolder Read(SevenZipValues values)
    {
        var coders = new SevenZipCoder[Bounded(values, values.Number(), 1)];
        for (var index = 0; index < coders.Length; index++) coders[index] = Coder(values);
        var (inputs, outputs) = (coders.Sum(coder => coder.Inputs), coders.Sum(coder => coder.Outputs));
        var pairs = new (int Input, int Output)[outputs - 1];
        for (var index = 0; index < pairs.Length; index++) pairs[index] = (Bounded(values, values.Number(), 0), Bounded(values, values.Number(), 0));
        var packed = inputs - pairs.Length;
        if (packed < 1 || pairs.Select(pair => pair.Output).Distinct().Count() != pairs.Length || pairs.Any(pair => pair.Input >= inputs || pair.Output >= outputs)) throw values.Broken("coders that are not joined");
        int[] packedInputs = packed == 1 ? [Enumerable.Range(0, inputs).FirstOrDefault(input => pairs.All(pair => pair.Input != input))] : [.. Enumerable.Range(0, packed).Select(_ => Bounded(values, values.Number(), 0))];
        return new(coders, pairs, packedInputs);
    }

    private static SevenZipCoder Coder(SevenZipValues values)
    {
        var flags = values.Byte();
        if ((flags & 0xc0) != 0 || (flags & 0xf) > 8) throw values.Broken("a coder with unknown flags");
        ulong method = 0;
        foreach (var part in values.Bytes(flags & 0xf)) method = (method << 8) | part;
        var (inputs, outputs) = (flags & 0x10) != 0 ? (Bounded(values, values.Number(), 1), Bounded(values, values.Number(), 1)) : (1, 1);
        return new(method, (flags & 0x20) != 0 ? values.Bytes(values.Number()) : [], inputs, outputs);
    }

    private static int Bounded(SevenZipValues values, long count, int least) => count >= least && count <= MostCoders ? (int)count : throw values.Broken("more coders than programs take");
}
