namespace Morula.Options;

/// <summary>What an option holds.</summary>
internal enum OptionKind
{
    Flag,
    Whole,
    Number,
    Text,
    Choice,
    List,
    Section,
}
