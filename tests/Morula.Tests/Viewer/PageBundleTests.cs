using System.Security.Cryptography;
using System.Text;
using Morula.Viewer;
using Xunit;

namespace Morula.Tests.Viewer;

public sealed class PageBundleTests
{
    private static readonly string[] Beside = ["index.html", "package.json", "package-lock.json", "tsconfig.json", "vite.config.js", "record.mjs", "public/licences.txt"];

    [Fact]
    public void The_bundle_was_built_from_the_sources_that_are_here()
    {
        string? page = Find();
        Assert.SkipWhen(page is null, "the source is not here.");
        Assert.True(PageFiles.TryGet("sources.sha256", out byte[] recorded, out _));
        string[] files = [.. Beside, .. Directory.EnumerateFiles(Path.Combine(page!, "src")).Select(file => "src/" + Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        string now = string.Concat(files.Select(file => $"{Hash(Path.Combine(page!, file))}  {file}\n"));
        Assert.True(Encoding.UTF8.GetString(recorded) == now, "src/Morula.Viewer/bundle is stale: run npm ci and npm run build in src/Morula.Viewer/page and commit the bundle.");
    }

    [Theory]
    [InlineData("", "text/html; charset=utf-8")]
    [InlineData("page.js", "text/javascript; charset=utf-8")]
    [InlineData("page.css", "text/css; charset=utf-8")]
    [InlineData("licences.txt", "text/plain; charset=utf-8")]
    public void The_page_is_in_the_assembly(string name, string type)
    {
        Assert.True(PageFiles.TryGet(name, out byte[] content, out string found));
        Assert.Equal(type, found);
        Assert.NotEmpty(content);
    }

    [Fact]
    public void The_page_has_no_script_or_style_of_its_own_and_knows_no_other_site()
    {
        Assert.True(PageFiles.TryGet(string.Empty, out byte[] content, out _));
        string html = Encoding.UTF8.GetString(content);
        Assert.Contains("src=\"./page.js\"", html);
        Assert.DoesNotContain("<style", html);
        Assert.DoesNotContain("://", html);
        Assert.DoesNotContain("</script><script>", html);
    }

    private static string Hash(string file) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(File.ReadAllText(file).Replace("\r\n", "\n", StringComparison.Ordinal))));

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "src", "Morula.Viewer", "page");
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }
}
