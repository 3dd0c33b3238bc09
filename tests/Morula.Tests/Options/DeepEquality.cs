using System.Collections;
using Xunit;

namespace Morula.Tests.Options;

/// <summary>Compares records by value all the way down, lists item by item.</summary>
public static class DeepEquality
{
    public static void AssertSame(object? expected, object? actual, string path = "")
    {
        if (expected is null || actual is null || expected is string or ValueType)
        {
            Assert.True(Equals(expected, actual), $"{path}: {expected} is not {actual}");
            return;
        }

        if (expected is IEnumerable items)
        {
            object?[] left = [.. items.Cast<object?>()];
            object?[] right = [.. ((IEnumerable)actual).Cast<object?>()];
            Assert.True(left.Length == right.Length, $"{path}: {left.Length} items are not {right.Length}");
            for (int index = 0; index < left.Length; index++) AssertSame(left[index], right[index], $"{path}[{index}]");
            return;
        }

        Assert.Equal(expected.GetType(), actual.GetType());
        foreach (var property in expected.GetType().GetProperties())
            AssertSame(property.GetValue(expected), property.GetValue(actual), $"{path}.{property.Name}");
    }
}
