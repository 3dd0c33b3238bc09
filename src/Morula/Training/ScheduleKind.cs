namespace Morula.Training;

/// <summary>Course of the learning rate behind the warm-up.</summary>
public enum ScheduleKind
{
    /// <summary>Always the same.</summary>
    Constant,

    /// <summary>Half a cosine down to a hundredth.</summary>
    Cosine,
}
