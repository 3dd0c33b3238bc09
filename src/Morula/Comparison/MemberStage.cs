namespace Morula.Comparison;

/// <summary>The two things that are done to a network, each in a process of its own so that their peaks of memory are apart.</summary>
public enum MemberStage
{
    /// <summary>Training, or for the classical segmentation the choice of its parameters.</summary>
    Train,

    /// <summary>Prediction of the held-out images and their judgement.</summary>
    Predict,
}
