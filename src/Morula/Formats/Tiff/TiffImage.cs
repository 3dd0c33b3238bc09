namespace Morula.Formats;

internal sealed class TiffImage : IDisposable
{
    public VolumeInfo Info { get; } = null!;
    public static TiffImage Open(string path) => throw new VolumeFormatException(path, "TIFF is not read yet.");
    public float[] ReadIntensities(VolumeSelection selection) => throw new NotSupportedException();
    public int[] ReadLabels(VolumeSelection selection) => throw new NotSupportedException();
    public void Dispose() { }
}
