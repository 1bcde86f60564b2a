namespace CivitaiDownloader.Sandbox.Samples;

/// <summary>The curated models: one for every way a download can go. Each has version <c>id * 10</c> and files from <c>id * 100</c> on.</summary>
public static class SampleIds
{
    /// <summary>A LoRA that anybody can download.</summary>
    public const int Plain = 4201;

    /// <summary>A checkpoint with pruned and full SafeTensor, a PickleTensor, a VAE and a config.</summary>
    public const int ManyFiles = 4202;
    public const int Gguf = 4203;

    /// <summary>A textual inversion as a pickled zip and as safetensors.</summary>
    public const int Embedding = 4204;
    public const int Workflow = 4205;

    /// <summary>The bytes served are not those that were announced.</summary>
    public const int WrongBytes = 4206;
    public const int EarlyAccess = 4207;

    /// <summary>Paid access without an end date.</summary>
    public const int PaidAccess = 4208;
    public const int LoginRequired = 4209;
    public const int DownloadsDisabled = 4210;
    public const int Archived = 4211;

    /// <summary>Its page is there, its file is not.</summary>
    public const int Gone = 4212;
    public const int Private = 4213;

    /// <summary>The storage host sends a web page.</summary>
    public const int PageForFile = 4214;

    /// <summary>The storage host announces more bytes than it has.</summary>
    public const int WrongLength = 4215;

    /// <summary>No hash is known: it cannot be verified.</summary>
    public const int NoHash = 4216;

    /// <summary>Names in many scripts, with everything a path must not hold.</summary>
    public const int HostileNames = 4217;

    /// <summary>20 GiB.</summary>
    public const int Huge = 4218;

    /// <summary>1 GiB.</summary>
    public const int Large = 4219;

    /// <summary>64 MiB.</summary>
    public const int Medium = 4220;

    /// <summary>Two files of one version with one name, and unknown members in every enumeration.</summary>
    public const int Oddities = 4221;

    /// <summary>Taken down: its pictures are gone, its file is not.</summary>
    public const int TakenDown = 4222;

    /// <summary>No picture is rated yet: its page is there, its version's is not.</summary>
    public const int Unrated = 4223;

    /// <summary>Hashes, but no SHA-256: as good as none.</summary>
    public const int NoSha256 = 4224;

    /// <summary>Many files under names that some system reserves or no system takes.</summary>
    public const int ReservedNames = 4225;

    /// <summary>An early access whose deadline has passed: it can be had.</summary>
    public const int FormerEarlyAccess = 4226;

    /// <summary>Three versions, of which the creator shows neither the oldest nor the newest first.</summary>
    public const int ManyVersions = 4227;

    /// <summary>
    /// One version with everything a version can have (a replaced upload, a name of the creator's choice, a VAE linked from another model, more pictures than any
    /// endpoint shows), one that only its owner may list, one without a file, and one that shares its file with the first.
    /// </summary>
    public const int EveryForm = 4228;

    /// <summary>Nothing is known that need not be: no creator, no counts, no licence, a size that is not quite right. Its file lies in the other store.</summary>
    public const int Bare = 4229;

    /// <summary>A clip first, then a picture, then a sound. Its creator has no name.</summary>
    public const int Media = 4230;

    /// <summary>A real person: it has a page and is in no list, and its file is nobody's.</summary>
    public const int RealPerson = 4231;

    /// <summary>Rated R and above, its pictures too.</summary>
    public const int Mature = 4232;

    /// <summary>Two quantised diffusion models whose descriptive addresses are the same but for one word, a text encoder, and two archives that share one address.</summary>
    public const int Components = 4233;

    /// <summary>100 GiB, of which a thousandth is not zeros.</summary>
    public const int Immense = 4234;

    /// <summary>A model whose number a version of <see cref="NumberTaker"/> has as well.</summary>
    public const int SharedNumber = 4290;

    /// <summary>A model with a second version that has the number <see cref="SharedNumber"/>, and the first version's file.</summary>
    public const int NumberTaker = 4291;

    /// <summary>The first of the models made from the seed.</summary>
    public const int FirstGenerated = 5000;
}
