using System.Numerics;
using System.Runtime.InteropServices;

namespace Morula.Formats;

/// <summary>Stored voxels, in the byte order of this machine, to intensities or labels.</summary>
internal static class VoxelConversion
{
    /// <summary>Converts every <paramref name="step"/>-th stored voxel; gives false where one cannot be converted.</summary>
    public delegate bool Convert<TVoxel>(VoxelType type, ReadOnlySpan<byte> stored, int step, Span<TVoxel> target);

    public static bool ToIntensities(VoxelType type, ReadOnlySpan<byte> stored, int step, Span<float> target)
    {
        switch (type)
        {
            case VoxelType.UInt8: Widen<byte>(stored, step, target); break;
            case VoxelType.Int8: Widen<sbyte>(stored, step, target); break;
            case VoxelType.UInt16: Widen<ushort>(stored, step, target); break;
            case VoxelType.Int16: Widen<short>(stored, step, target); break;
            case VoxelType.UInt32: Widen<uint>(stored, step, target); break;
            case VoxelType.Int32: Widen<int>(stored, step, target); break;
            case VoxelType.UInt64: Widen<ulong>(stored, step, target); break;
            case VoxelType.Int64: Widen<long>(stored, step, target); break;
            case VoxelType.Float32: Widen<float>(stored, step, target); break;
            default: Widen<double>(stored, step, target); break;
        }

        return true;
    }

    /// <summary>False where a label is negative or above 2,147,483,647.</summary>
    public static bool ToLabels(VoxelType type, ReadOnlySpan<byte> stored, int step, Span<int> target) => type switch
    {
        VoxelType.UInt8 => Narrow<byte>(stored, step, target),
        VoxelType.Int8 => Narrow<sbyte>(stored, step, target),
        VoxelType.UInt16 => Narrow<ushort>(stored, step, target),
        VoxelType.Int16 => Narrow<short>(stored, step, target),
        VoxelType.UInt32 => Narrow<uint>(stored, step, target),
        VoxelType.Int32 => Narrow<int>(stored, step, target),
        VoxelType.UInt64 => Narrow<ulong>(stored, step, target),
        VoxelType.Int64 => Narrow<long>(stored, step, target),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Labels are integers."),
    };

    private static void Widen<TStored>(ReadOnlySpan<byte> bytes, int step, Span<float> target)
        where TStored : unmanaged, INumber<TStored>
    {
        ReadOnlySpan<TStored> stored = MemoryMarshal.Cast<byte, TStored>(bytes);
        for (int index = 0, from = 0; index < target.Length; index++, from += step)
            target[index] = float.CreateTruncating(stored[from]);
    }

    private static bool Narrow<TStored>(ReadOnlySpan<byte> bytes, int step, Span<int> target)
        where TStored : unmanaged, INumber<TStored>
    {
        ReadOnlySpan<TStored> stored = MemoryMarshal.Cast<byte, TStored>(bytes);
        bool fits = true;
        for (int index = 0, from = 0; index < target.Length; index++, from += step)
        {
            long label = long.CreateSaturating(stored[from]);
            fits &= (ulong)label <= int.MaxValue;
            target[index] = (int)label;
        }

        return fits;
    }
}
