using BitMiracle.LibTiff.Classic;

namespace Morula.Formats;

/// <summary>Keeps LibTiff from writing to the console.</summary>
internal sealed class SilentTiffHandler : TiffErrorHandler
{
    public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
    {
    }

    public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
    {
    }

    public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
    {
    }

    public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
    {
    }
}
