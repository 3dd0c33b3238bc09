using System.Globalization;
using Morula.Volumes;

namespace Morula.Evaluation;

/// <summary>Brings a prediction to the grid of the truth, if both show the same field.</summary>
internal static class GridAlignment
{
    /// <summary>Why the prediction cannot be brought to the grid of the truth; null where it can.</summary>
    public static string? Problem(LabelVolume truth, LabelVolume prediction, EvaluationOptions options)
    {
        if (truth.Extent == prediction.Extent) return null;
        string sizes = $"the prediction is {prediction.Extent} voxels but the truth is {truth.Extent}";
        if (truth.Rank != prediction.Rank) return $"{sizes}; both must have the same axes.";
        if (truth.Rank == 4 && truth.Extent[0] != prediction.Extent[0]) return $"{sizes}; both must have the same number of frames.";
        if (truth.Extent.Count == 0 || prediction.Extent.Count == 0) return $"{sizes}; an empty image cannot be compared.";
        if (options.AnyField) return null;
        if (IsUnknown(truth.Spacing) && IsUnknown(prediction.Spacing))
            return $"{sizes} and neither file states the size of its voxels; write it into both, or permit any field.";
        return SameField(truth, prediction, options.FieldTolerance)
            ? null
            : $"{sizes} and they cover different fields ({Field(prediction)} against {Field(truth)}); "
                + "correct the voxel sizes in the files, or permit any field.";
    }

    private static bool IsUnknown(Spacing spacing) => spacing == Spacing.Unit(spacing.Rank);

    private static bool SameField(LabelVolume truth, LabelVolume prediction, double tolerance)
    {
        for (int axis = truth.Rank == 4 ? 1 : 0; axis < truth.Rank; axis++)
        {
            double expected = truth.Extent[axis] * truth.Spacing[axis];
            double found = prediction.Extent[axis] * prediction.Spacing[axis];
            if (Math.Abs(found - expected) > tolerance * expected) return false;
        }

        return true;
    }

    private static string Field(LabelVolume labels) => string.Join(" x ", Enumerable.Range(0, labels.Rank)
        .Select(axis => (labels.Extent[axis] * labels.Spacing[axis]).ToString("0.##", CultureInfo.InvariantCulture)));
}
