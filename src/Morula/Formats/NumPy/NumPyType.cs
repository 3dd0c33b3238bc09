namespace Morula.Formats;

/// <summary>Types of voxels by their names in NumPy, without the order of bytes.</summary>
internal static class NumPyType
{
    /// <summary>The type of a name such as u2 or f4; null where it is none that is read.</summary>
    public static VoxelType? Of(string name) => name switch
    {
        "u1" or "b1" => VoxelType.UInt8,
        "i1" => VoxelType.Int8,
        "u2" => VoxelType.UInt16,
        "i2" => VoxelType.Int16,
        "u4" => VoxelType.UInt32,
        "i4" => VoxelType.Int32,
        "u8" => VoxelType.UInt64,
        "i8" => VoxelType.Int64,
        "f4" => VoxelType.Float32,
        "f8" => VoxelType.Float64,
        _ => null,
    };
}
