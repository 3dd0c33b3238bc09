namespace Morula.Evaluation;

/// <summary>One sentence per family of scores: what exactly is computed, and how images are pooled.</summary>
internal static class ScoreConventions
{
    public static IReadOnlyList<(string Name, string Sentence)> OfImages { get; } =
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

    /// <summary>Written where tracks are compared.</summary>
    public static IReadOnlyList<(string Name, string Sentence)> OfTracks { get; } =
    [
        ("tracks", "Frames are matched by number. A track is a label over the frames in which it is seen, cut by the frames compared. A true and a found cell are one where the found cell holds the true one (|R and S| > |R|/2) and no other."),
        ("links", "Matula et al. 2015: a link joins a cell to the next frame in which its track is seen (track link), and the last cell of a mother to the first of each daughter (parent link)."),
        ("TRA", "Cell Tracking Challenge: 1 - min(A, A0)/A0, A = 5 splits + 10 missed cells + extra cells + 1.5 missing links + extra links + wrong links, A0 = 10 x true cells + 1.5 x true links. Found links count as extra or wrong (other kind of link) only between cells that hold exactly one true cell each."),
        ("LNK", "Cell Tracking Challenge: as TRA with the terms of links alone, over 1.5 x true links."),
        ("CT", "Complete tracks: 2 x right / (true + found tracks); right if one found track is the true one in every frame of either."),
        ("TF", "Track fractions: longest run of the frames of a true track in which one found track is it, over its frames; mean over true tracks that are found in some frame."),
        ("BC(i)", "Branching correctness: 2 x right / (true + found divisions); right if mothers end and daughters begin at most i frames apart, the mothers are one in the earlier frame, as many daughters, each one with a daughter of her own in the later frame. 0 where only one side has divisions."),
        ("CCA", "Cell cycle accuracy: 1 - largest difference between the cumulative distributions of the lengths, in frames, of tracks that begin and end with a division; 0 where none is found, null where none is true."),
        ("lineage accuracy@L", "Share of true cells whose descendants over L frames, their own included, are found right: same cells, same links, no other links among them. Cells with fewer than L frames to the end are left out; @movie: from the first frame to the last."),
    ];
}
