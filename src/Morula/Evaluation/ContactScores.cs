namespace Morula.Evaluation;

/// <summary>
/// How well the graph of touching cells is found. A predicted contact is right if both its cells are matched to truth cells
/// (overlap at least 0.5) that touch; a contact of an unmatched cell is wrong. Null where neither side has a contact, 0 where none is right.
/// </summary>
/// <param name="TruthContacts">Contacts of truth cells.</param>
/// <param name="PredictedContacts">Contacts of predicted cells.</param>
/// <param name="RightContacts">Contacts found in both.</param>
public sealed record ContactScores(long TruthContacts, long PredictedContacts, long RightContacts)
{
    /// <summary>2 right / (truth + predicted).</summary>
    public double? F1 => Share(0.5 * (TruthContacts + PredictedContacts));

    /// <summary>Right over predicted.</summary>
    public double? Precision => Share(PredictedContacts);

    /// <summary>Right over truth.</summary>
    public double? Recall => Share(TruthContacts);

    /// <summary>Compares two graphs through a matching of their cells.</summary>
    public static ContactScores Of(ContactGraph truth, ContactGraph predicted, CellMatching matching)
    {
        Dictionary<int, int> truthOf = matching.Pairs.ToDictionary(
            pair => matching.Table.PredictedLabels[pair.Predicted], pair => matching.Table.TruthLabels[pair.Truth]);
        int right = predicted.Faces.Keys.Count(contact =>
            truthOf.TryGetValue(contact.First, out int first)
            && truthOf.TryGetValue(contact.Second, out int second)
            && truth.Faces.ContainsKey((Math.Min(first, second), Math.Max(first, second))));
        return new ContactScores(truth.Faces.Count, predicted.Faces.Count, right);
    }

    /// <summary>The contacts of two images together.</summary>
    public ContactScores Add(ContactScores other) => new(
        TruthContacts + other.TruthContacts, PredictedContacts + other.PredictedContacts, RightContacts + other.RightContacts);

    private double? Share(double whole)
    {
        if (TruthContacts + PredictedContacts == 0) return null;
        return RightContacts == 0 ? 0 : RightContacts / whole;
    }
}
