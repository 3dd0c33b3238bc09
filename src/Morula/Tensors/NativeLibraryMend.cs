using System.Buffers.Binary;
using System.Text;

namespace Morula.Tensors;

/// <summary>
/// Lets a library load where libstdc++ is older than the one it was linked against, by marking one required symbol version
/// weak (VER_FLG_WEAK of <c>vna_flags</c> in <c>.gnu.version_r</c>; "System V ABI, GNU symbol versioning").
/// </summary>
internal static class NativeLibraryMend
{
    private const uint SectionTypeVersionNeeds = 0x6ffffffe;
    private const ushort Weak = 2;

    private static ReadOnlySpan<byte> Magic => [0x7f, (byte)'E', (byte)'L', (byte)'F'];

    /// <summary>Marks every need of <paramref name="version"/> weak in an ELF64 little-endian image.</summary>
    /// <returns>The number of entries changed.</returns>
    public static int MakeWeak(Span<byte> image, string version)
    {
        if (image.Length < 64 || !image[..4].SequenceEqual(Magic)) return 0;
        long sections = BinaryPrimitives.ReadInt64LittleEndian(image[0x28..]);
        int entrySize = BinaryPrimitives.ReadUInt16LittleEndian(image[0x3a..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(image[0x3c..]);
        int changed = 0;
        for (int index = 0; index < count; index++)
        {
            Span<byte> header = image[(int)(sections + (index * entrySize))..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) != SectionTypeVersionNeeds) continue;
            int strings = BinaryPrimitives.ReadInt32LittleEndian(header[0x28..]);
            Span<byte> stringHeader = image[(int)(sections + (strings * entrySize))..];
            int stringsAt = (int)BinaryPrimitives.ReadInt64LittleEndian(stringHeader[0x18..]);
            changed += MarkNeeds(image, (int)BinaryPrimitives.ReadInt64LittleEndian(header[0x18..]), stringsAt, version);
        }

        return changed;
    }

    private static int MarkNeeds(Span<byte> image, int need, int stringsAt, string version)
    {
        int changed = 0;
        while (true)
        {
            int auxiliary = need + BinaryPrimitives.ReadInt32LittleEndian(image[(need + 8)..]);
            while (true)
            {
                int name = stringsAt + BinaryPrimitives.ReadInt32LittleEndian(image[(auxiliary + 8)..]);
                int length = image[name..].IndexOf((byte)0);
                if (Encoding.ASCII.GetString(image.Slice(name, length)) == version)
                {
                    ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(image[(auxiliary + 4)..]);
                    BinaryPrimitives.WriteUInt16LittleEndian(image[(auxiliary + 4)..], (ushort)(flags | Weak));
                    changed++;
                }

                int next = BinaryPrimitives.ReadInt32LittleEndian(image[(auxiliary + 12)..]);
                if (next == 0) break;
                auxiliary += next;
            }

            int nextNeed = BinaryPrimitives.ReadInt32LittleEndian(image[(need + 12)..]);
            if (nextNeed == 0) return changed;
            need += nextNeed;
        }
    }
}
