namespace Morula.Linking;

/// <summary>What a choice decides.</summary>
internal enum ChoiceKind
{
    Link,
    Division,
    Dismissal,
}
