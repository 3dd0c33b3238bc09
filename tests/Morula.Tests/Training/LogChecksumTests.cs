using System.Text;
using Morula.Training;
using Xunit;

namespace Morula.Tests.Training;

public sealed class LogChecksumTests
{
    /// <summary>Vectors of RFC 3720 (iSCSI), appendix B.4, and the check value of the CRC catalogue.</summary>
    [Fact]
    public void Crc32C_of_known_vectors()
    {
        Assert.Equal(0x8a9136aau, LogChecksum.Crc32C(new byte[32]));
        Assert.Equal(0x62a8ab43u, LogChecksum.Crc32C([.. Enumerable.Repeat((byte)0xff, 32)]));
        Assert.Equal(0x46dd794eu, LogChecksum.Crc32C([.. Enumerable.Range(0, 32).Select(value => (byte)value)]));
        Assert.Equal(0x113fdb5cu, LogChecksum.Crc32C([.. Enumerable.Range(0, 32).Select(value => (byte)(31 - value))]));
        Assert.Equal(0xe3069283u, LogChecksum.Crc32C(Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0u, LogChecksum.Crc32C([]));
    }

    [Fact]
    public void The_mask_can_be_undone()
    {
        uint rotated = LogChecksum.Masked(Encoding.ASCII.GetBytes("123456789")) - 0xa282ead8u;
        Assert.Equal(0xe3069283u, (rotated << 15) | (rotated >> 17));
    }
}
