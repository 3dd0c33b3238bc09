namespace Morula.Fitting;

/// <summary>Names of the classes.</summary>
internal static class ClassAdvice
{
    public static IEnumerable<Advice> Of(Survey survey, MorulaOptions options)
    {
        if (survey.ClassCounts.Count == 0 || survey.ClassCounts.Keys.Max() == 1)
        {
            yield return new Advice("Model.Classes", JsonValue.Of(["cell"]), survey.ClassCounts.Count == 0 ? "no table of objects names classes" : "the tables of objects name one class");
            yield break;
        }

        int count = survey.ClassCounts.Keys.Max();
        string counts = string.Join(", ", Enumerable.Range(1, count).Select(kind => $"{survey.ClassCounts.GetValueOrDefault(kind)} of class {kind}"));
        yield return options.Model.Classes.Count == count && count > 1
            ? new Advice("Model.Classes", JsonValue.Of(options.Model.Classes), $"the tables of objects list {counts}; the names are those of the preset {options.Preset}")
            : new Advice("Model.Classes", JsonValue.Of([.. Enumerable.Range(1, count).Select(kind => $"class{kind}")]), $"the tables of objects list {counts}; call them what they are");
    }
}
