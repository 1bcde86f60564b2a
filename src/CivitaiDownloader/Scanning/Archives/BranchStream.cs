using System.Buffers.Binary;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Undoes the filter that makes the targets of x86 calls and jumps absolute (LZMA SDK, Bra86.c; xz, simple/x86.c).</summary>
internal sealed class BranchStream(Stream input) : ForwardStream
{
    private static readonly bool[] Allowed = [true, true, true, false, true, false, false, false];
    private static readonly int[] Bits = [0, 1, 2, 2, 3, 3, 3, 3];

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start, _ready, _end;
    private uint _place, _mask, _lastOpcode = unchecked((uint)-5);
    private bool _isOver;

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (_start == _ready && !(_isOver && _ready == _end)) Convert();
        count = Math.Min(count, _ready - _start);
        _buffer.AsSpan(_start, count).CopyTo(buffer.AsSpan(offset));
        _start += count;
        return count;
    }

    // The last four bytes wait for what follows: an instruction may begin in them.
    private void Convert()
    {
        _buffer.AsSpan(_ready, _end - _ready).CopyTo(_buffer);
        (_end, _start, _ready) = (_end - _ready, 0, 0);
        while (_end < _buffer.Length && !_isOver)
        {
            var read = input.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _isOver = read == 0;
        }

        _ready = _isOver && _end < 5 ? _end : ConvertRun(_buffer.AsSpan(0, _end));
        if (_isOver) _ready = _end;
        _place += (uint)_ready;
    }

    // Only operands whose highest byte is 00 or FF are converted, and none that overlaps an opcode left as it was.
    private int ConvertRun(Span<byte> data)
    {
        var at = 0;
        if (_place - _lastOpcode > 5) _lastOpcode = _place - 5;
        while (at <= data.Length - 5)
        {
            if (data[at] is not (0xe8 or 0xe9))
            {
                at++;
                continue;
            }

            var distance = _place + (uint)at - _lastOpcode;
            _lastOpcode = _place + (uint)at;
            _mask = distance > 5 ? 0 : Shifted(_mask, distance);
            if (IsHigh(data[at + 4]) && Allowed[(_mask >> 1) & 7] && _mask >> 1 < 0x10)
            {
                ConvertOperand(data.Slice(at + 1, 4), _place + (uint)at + 5);
                (at, _mask) = (at + 5, 0);
            }
            else
            {
                _mask |= IsHigh(data[at + 4]) ? 0x11u : 1;
                at++;
            }
        }

        return at;
    }

    private void ConvertOperand(Span<byte> operand, uint place)
    {
        var value = BinaryPrimitives.ReadUInt32LittleEndian(operand);
        while (true)
        {
            var target = value - place;
            var bits = 8 * Bits[_mask >> 1];
            if (_mask == 0 || !IsHigh((byte)(target >> (24 - bits))))
            {
                value = target;
                break;
            }

            value = target ^ (uint)((1UL << (32 - bits)) - 1);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(operand, (value & 0x1ffffff) | ((value & 0x1000000) != 0 ? 0xff000000 : 0));
        if ((value & 0x1000000) == 0) operand[3] = 0;
    }

    private static uint Shifted(uint mask, uint steps)
    {
        for (; steps > 0; steps--) mask = (mask & 0x77) << 1;
        return mask;
    }

    private static bool IsHigh(byte value) => value is 0 or 0xff;

    protected override void Dispose(bool disposing)
    {
        if (disposing) input.Dispose();
        base.Dispose(disposing);
    }
}
