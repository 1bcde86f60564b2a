using CivitaiDownloader.Scanning.Python;

namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>Why a name that is not on the good list is worse than unknown. Leaving one out here makes a finding milder, never a file clean.</summary>
internal static class BadImports
{
    private const string Runs = "which runs programs", Codes = "which runs, compiles or imports code", Files = "which reads or writes files", Network = "which talks to the network", Loads = "which loads other pickles", Reaches = "which reaches objects by their names", Memory = "which reaches memory or native code";

    private static readonly Dictionary<string, string> Modules = Reasons(
        (Runs, "os posix nt subprocess _posixsubprocess _winapi commands popen2 pty pexpect ptyprocess sh plumbum invoke fabric multiprocessing _multiprocessing psutil pipes signal _signal msvcrt winreg _winreg docker git kubernetes nbconvert papermill apscheduler celery luigi airflow"),
        (Codes, "builtins __builtin__ sys imp importlib _imp _frozen_importlib _frozen_importlib_external zipimport pkgutil pkg_resources runpy code codeop compileall py_compile compiler types new marshal timeit trace profile cProfile _lsprof pstats bdb pdb doctest pydoc unittest test inspect ast dis site sitecustomize usercustomize threading _thread thread dummy_threading sched asyncio concurrent idlelib lib2to3 distutils setuptools pip ensurepip venv virtualenv conda poetry wheel IPython ipykernel jupyter notebook numexpr sympy jinja2 mako cffi numba cython pyximport Cython cupy hydra nose pytest _pytest tox gevent eventlet execnet rpyc Pyro4 Pyro5 ray dask distributed"),
        (Files, "io _io shutil tempfile pathlib glob fnmatch fileinput linecache codecs zipfile tarfile gzip bz2 lzma zlib mmap sqlite3 _sqlite3 dbm gdbm anydbm logging configparser csv mailbox netrc plistlib h5py tables zarr fsspec s3fs gcsfs pyarrow lmdb PIL cv2 imageio"),
        (Network, "socket _socket ssl _ssl select selectors http httplib urllib urllib2 urllib3 urlparse requests httpx aiohttp websocket websockets ftplib smtplib poplib imaplib nntplib telnetlib xmlrpc xmlrpclib socketserver SocketServer asyncore asynchat smtpd cgi wsgiref webbrowser antigravity paramiko pycurl twisted tornado scapy dns boto3 botocore google azure minio grpc zmq redis pymongo psycopg2 pymysql MySQLdb kafka huggingface_hub wandb mlflow gradio streamlit flask django fastapi bottle uvicorn gunicorn"),
        (Loads, "pickle _pickle cPickle pickletools shelve dill cloudpickle jsonpickle joblib klepto hickle yaml ruamel _compat_pickle copyreg copy_reg sklearn.externals.joblib"),
        (Reaches, "operator _operator functools _functools itertools gc weakref _weakref contextlib reprlib attr attrs six"),
        (Memory, "ctypes _ctypes faulthandler _xxsubinterpreters _testcapi"));

    // Parts of packages that are no more than unknown as a whole.
    private static readonly Dictionary<string, string> Parts = Reasons(
        (Codes, "torch.jit torch._C torch._jit_internal torch.package torch._dynamo torch._inductor torch._export torch._functorch torch._numpy torch.compiler torch.export torch.fx torch.onnx torch.ops torch._ops torch.library torch._library torch.testing torch.utils torch.autograd.profiler torch.profiler torch._sources torch._lobpcg torch._decomp numpy.f2py numpy.distutils numpy.testing numpy.lib.utils numpy.ctypeslib numpy.compat numpy.core.overrides numpy._core.overrides numpy.lib._utils_impl numpy.vectorize numpy.frompyfunc numpy.apply_along_axis numpy.lib.function_base pandas.core.computation pandas.eval pandas.core.frame scipy.weave scipy._lib tensorflow.py_function tensorflow.numpy_function tensorflow.load_op_library tensorflow.keras.utils keras.layers.Lambda tensorflow.keras.layers.Lambda tensorflow.python.framework.load_library tensorflow.python.ops.script_ops tensorflow.raw_ops tensorflow.python.eager keras.src.saving keras.saving keras.src.utils keras.utils transformers.utils transformers.dynamic_module_utils transformers.pipeline transformers.pipelines transformers.tools transformers.agents diffusers.utils diffusers.pipelines sklearn.utils._testing networkx.utils matplotlib.testing matplotlib.cbook"),
        (Loads, "torch.serialization torch.storage torch.load numpy.load numpy.lib.npyio numpy.lib._npyio_impl numpy.lib.format numpy.core._methods joblib.numpy_pickle pandas.io pandas.compat.pickle_compat pandas.read_pickle scipy.io nltk.data nltk.decorators"),
        (Network, "torch.hub torch.distributed torchvision.datasets torchaudio.utils torchtext.utils tensorflow.python.keras.utils.data_utils keras.utils.data_utils"),
        (Files, "tensorflow.io tensorflow.python.platform tensorflow.python.lib.io numpy.core.memmap numpy.DataSource matplotlib.pyplot"),
        (Runs, "torch.multiprocessing torch.cuda.nvrtc torch.backends"));

    // What functions that do harm are called, wherever they come from.
    private static readonly HashSet<string> Verbs =
    [
        "exec", "eval", "system", "popen", "spawn", "shell", "cmd", "command", "compile", "import", "subprocess", "run", "execute", "load", "loads", "unpickle", "open", "download", "fetch", "urlopen", "urlretrieve",
        "request", "connect", "socket", "getattr", "setattr", "delattr", "globals", "locals", "remove", "unlink", "rmtree", "rename", "chmod", "write", "kill", "fork", "call", "pip", "script", "invoke", "launch", "runstring", "execfile", "input", "apply",
        "read", "save", "file", "fromfile", "tofile", "loadtxt", "savetxt", "genfromtxt", "memmap", "evaluate", "instantiate", "locate",
    ];

    /// <returns>Why it is bad, as a clause; null when it is only unknown.</returns>
    public static string? ReasonFor(string module, string name) => Known(module, name) ?? (name.Contains('.') ? "which walks from a name to what it holds" : null);

    private static string? Known(string module, string name)
    {
        for (var part = module; ; part = part[..part.LastIndexOf('.')])
        {
            if (Modules.TryGetValue(part, out var reason) || Parts.TryGetValue(part, out reason)) return reason;
            if (Parts.TryGetValue($"{part}.{name}", out reason) && part == module) return reason;
            if (!part.Contains('.')) break;
        }

        if (module.Split('.')[0] == "torch" && IsFunctionName(name)) return "which is a function of PyTorch that no checkpoint calls";
        if (PythonLibrary.Holds(module)) return "which is part of Python's own library and of no model";
        if (name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal)) return Reaches;
        return Words(name.Split('.')[^1]).Any(Verbs.Contains) ? "whose name says that it runs, loads or opens something" : null;
    }

    private static bool IsFunctionName(string name) => name.AsSpan().TrimStart('_') is [var first, ..] && char.IsAsciiLetterLower(first);

    // snake_case and CamelCase into words.
    private static IEnumerable<string> Words(string name)
    {
        var start = 0;
        for (var at = 1; at <= name.Length; at++)
        {
            if (at < name.Length && name[at] != '_' && !(char.IsAsciiLetterUpper(name[at]) && !char.IsAsciiLetterUpper(name[at - 1]))) continue;
            var word = name[start..at].Trim('_').ToLowerInvariant();
            if (word.Length > 0) yield return word;
            start = at;
        }
    }

    private static Dictionary<string, string> Reasons(params (string Reason, string Names)[] groups) =>
        groups.SelectMany(group => group.Names.Split(' ').Select(name => (name, group.Reason))).DistinctBy(entry => entry.name).ToDictionary(entry => entry.name, entry => entry.Reason);
}
