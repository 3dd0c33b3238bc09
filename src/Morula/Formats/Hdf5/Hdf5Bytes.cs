using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace Morula.Formats;

/// <summary>The order of the bytes of a number, which the library of HDF5 does not tell: it refuses numbers of the other order.</summary>
internal static class Hdf5Bytes
{
    /// <summary>Whether numbers of a dataset must be turned before this machine can read them.</summary>
    public static bool AreForeign(NativeDataset dataset, VoxelType type)
    {
        try
        {
            switch (type)
            {
                case VoxelType.UInt8 or VoxelType.Int8: break;
                case VoxelType.UInt16: Probe<ushort>(dataset); break;
                case VoxelType.Int16: Probe<short>(dataset); break;
                case VoxelType.UInt32: Probe<uint>(dataset); break;
                case VoxelType.Int32: Probe<int>(dataset); break;
                case VoxelType.UInt64: Probe<ulong>(dataset); break;
                case VoxelType.Int64: Probe<long>(dataset); break;
                case VoxelType.Float32: Probe<float>(dataset); break;
                default: Probe<double>(dataset); break;
            }

            return false;
        }
#pragma warning disable CA1031 // The library throws a bare Exception.
        catch (Exception fault) when (Hdf5Fault.IsForeignOrder(fault))
#pragma warning restore CA1031
        {
            return true;
        }
    }

    private static void Probe<T>(NativeDataset dataset)
        where T : unmanaged
    {
        int rank = dataset.Space.Dimensions.Length;
        ulong[] ones = [.. Enumerable.Repeat(1UL, rank)];
        dataset.Read<T>(new T[1].AsSpan(), new HyperslabSelection(rank, new ulong[rank], ones));
    }
}
