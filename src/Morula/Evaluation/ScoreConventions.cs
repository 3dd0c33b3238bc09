namespace Morula.Evaluation;

/// <summary>One sentence per family of scores: what exactly is computed, and how images are pooled.</summary>
internal static class ScoreConventions
{
    public static IReadOnlyList<(string Name, string Sentence)> All { get; } =
    [
        ("cells", "Label 0 is background; every other label, negative ones included, is one cell, at rank 4 over all its frames."),
        ("undefined", "null where a score has no meaning (no cells on the sides it needs); such images take no part in means over images."),
        ("SEG", "Cell Tracking Challenge: a truth cell R is held by S if |R and S| > |R|/2; mean IoU over truth cells, 0 if none holds it. Pooled over all truth cells."),
        ("DET", "Cell Tracking Challenge: 1 - min(D, D0)/D0 with split 5, missed 10, extra 1, D0 = 10 x truth cells. D and D0 add up over images."),
        ("AP", "COCO: IoU 0.50:0.95 step 0.05, 101 recalls, cells of all images ranked together by score; equal scores keep image and label order; no limit on cells."),
        ("paper", "David and Faure 2025: per image, IoU 0.5, greedy by score, equal class where both sides have classes, area under the monotone envelope; mean (or median) over images."),
        ("ARE", "1 - 2pr/(p+r) on pairs of voxels; truth background left out, predicted background counts as one segment. Mean over images."),
        ("VOI", "split = H(prediction | truth), merge = H(truth | prediction), in bits; truth background left out, predicted background counts as one segment. Mean over images."),
        ("contact", "Cells grown by the contact gap into background share a face; cells mapped by the IoU >= 0.5 matching; contacts of unmatched cells are wrong. Counts add up over images."),
        ("volume", "error = mean |predicted - true|/true, bias = mean (predicted - true)/true, over cells matched at IoU >= 0.5 in all images."),
        ("@t", "One-to-one matching with IoU >= t, most pairs first, then largest sum of IoU; accuracy = TP/(TP+FP+FN), panoptic quality = sum IoU/(TP+FP/2+FN/2), mean matched score = sum IoU/TP, mean true score = sum IoU/truth cells. Counts add up over images."),
    ];
}
