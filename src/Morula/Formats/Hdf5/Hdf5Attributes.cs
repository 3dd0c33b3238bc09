using PureHDF;
using PureHDF.VOL.Native;

namespace Morula.Formats;

/// <summary>Attributes of a dataset; one that is not of the expected kind counts as missing.</summary>
internal static class Hdf5Attributes
{
    private const ulong MostValues = 64;

    /// <summary>Texts, one or several; null where there are none.</summary>
    public static string[]? Texts(NativeDataset dataset, string name) => Find(dataset, name, H5DataTypeClass.String, H5DataTypeClass.VariableLength) is not { } attribute
        ? null
        : attribute.Space.Type == H5DataspaceType.Scalar ? [attribute.Read<string>() ?? ""] : [.. attribute.Read<string[]>().Select(text => text ?? "")];

    /// <summary>Numbers; null where there are none.</summary>
    public static double[]? Numbers(NativeDataset dataset, string name) => Find(dataset, name, H5DataTypeClass.FloatingPoint, H5DataTypeClass.FixedPoint) is not { } attribute
        ? null
        : (attribute.Type.Class, attribute.Type.Size) switch
        {
            (H5DataTypeClass.FloatingPoint, sizeof(double)) => Values<double>(attribute),
            (H5DataTypeClass.FloatingPoint, sizeof(float)) => [.. Values<float>(attribute).Select(value => Rounding.ToDigits(value, 7))],
            (H5DataTypeClass.FixedPoint, sizeof(long)) => [.. Values<long>(attribute).Select(value => (double)value)],
            (H5DataTypeClass.FixedPoint, sizeof(int)) => [.. Values<int>(attribute).Select(value => (double)value)],
            _ => null,
        };

    private static T[] Values<T>(IH5Attribute attribute) => attribute.Space.Type == H5DataspaceType.Scalar ? [attribute.Read<T>()] : attribute.Read<T[]>();

    private static IH5Attribute? Find(NativeDataset dataset, string name, params H5DataTypeClass[] kinds)
    {
        if (!dataset.AttributeExists(name)) return null;
        IH5Attribute attribute = dataset.Attribute(name);
        ulong values = 1;
        foreach (ulong size in attribute.Space.Dimensions) values = Math.Min(MostValues + 1, values * Math.Min(size, MostValues + 1));
        return kinds.Contains(attribute.Type.Class) && attribute.Space.Type != H5DataspaceType.Null && values is > 0 and <= MostValues ? attribute : null;
    }
}
