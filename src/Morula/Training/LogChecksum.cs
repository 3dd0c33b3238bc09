using System.Numerics;

namespace Morula.Training;

/// <summary>The checksum of TFRecord files: CRC-32C, rotated and shifted so that a checksum of checksums stays sound.</summary>
internal static class LogChecksum
{
    public static uint Masked(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Crc32C(bytes), 15) + 0xa282ead8;

    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
