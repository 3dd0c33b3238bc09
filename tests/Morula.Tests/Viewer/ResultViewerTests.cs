using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Morula.Correction;
using Morula.Formats;
using Morula.Inference;
using Morula.Tests.Formats;
using Morula.Viewer;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Viewer;

/// <summary>What the server tells of a result, against the files.</summary>
public sealed class ResultViewerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly HttpClient client = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slices_are_those_of_the_files_in_all_three_directions()
    {
        BlockMovie.Write(folder["movie"], 3);
        await using ResultViewer viewer = await ResultViewer.StartAsync(new ViewRequest(folder["movie"]), cancellation: Stop);
        LabelVolume labels = BlockMovie.Labels(2, 3);
        foreach (var (axis, index) in new[] { (0, 5), (1, 23), (2, 0) })
        {
            int[] slice = Numbers(await Bytes(viewer, $"api/frame/2/slice/labels/{"zyx"[axis]}/{index}"));
            Block plane = CoarseImage.PlaneOf(labels.Extent, axis, index);
            Assert.Equal(labels.Crop(plane).Voxels, slice);
        }

        Assert.Equal(labels.Voxels, Numbers(Unpacked(await Bytes(viewer, "api/frame/2/labels"))));
        byte[] image = await Bytes(viewer, "api/frame/2/image");
        Assert.Equal(12 * 30 * 36, image.Length);
        byte[] middle = await Bytes(viewer, "api/frame/2/slice/image/z/6");
        Assert.Equal(image.AsSpan(6 * 30 * 36, 30 * 36).ToArray(), middle);
        Assert.True(image.Max() == 255 && image.Min() == 0);
    }

    [Fact]
    public async Task Grids_over_one_field_are_laid_over_each_other()
    {
        BlockMovie.Write(folder["movie"], 1);
        await using ResultViewer viewer = await ResultViewer.StartAsync(new ViewRequest(folder["movie"]), cancellation: Stop);
        JsonElement view = await Json(viewer, "api/frame/0");
        double[] fields = [.. new[] { "labels", "image" }.SelectMany(grid => Enumerable.Range(0, 3).Select(axis =>
            view.GetProperty(grid).GetProperty("extent")[axis].GetInt32() * view.GetProperty(grid).GetProperty("spacing")[axis].GetDouble()))];
        for (int axis = 0; axis < 3; axis++) Assert.Equal(BlockMovie.Size[axis] * BlockMovie.Step[axis], fields[axis], 1e-9);
        for (int axis = 0; axis < 3; axis++) Assert.Equal(fields[axis], fields[axis + 3], 1e-9);
    }

    [Fact]
    public async Task Numbers_of_cells_come_from_the_table_or_are_measured()
    {
        BlockMovie.Write(folder["movie"], 2);
        await using ResultViewer viewer = await ResultViewer.StartAsync(new ViewRequest(folder["movie"]), cancellation: Stop);
        JsonElement measured = await Json(viewer, "api/frame/0/cells");
        Assert.True(measured.GetProperty("isMeasured").GetBoolean());
        JsonElement first = measured.GetProperty("cells")[0];
        LabelledCell expected = BlockMovie.Labels(0, 2).Cells()[0];
        Assert.Equal(expected.VoxelCount * BlockMovie.Step.VoxelVolume, first.GetProperty("volume").GetDouble(), 0.01);
        Assert.Equal([2, 3, 5], first.GetProperty("neighbours").EnumerateArray().Select(one => one.GetInt32()).Where(label => label is 2 or 3 or 5));
        var row = new CellRow(1, 0.75f, 1, [1.5, 2.5, 3.5], 12.25, 30.5, new Block([0, 0, 0], [1, 1, 1]), [new CellContact(2, 4.5)]);
        CellTableFile.Save(new CellTable(3, [row]), folder["movie/cells/t001.cells.csv"]);
        await Json(viewer, "api/summary");
        JsonElement table = await Json(viewer, "api/frame/1/cells");
        Assert.False(table.GetProperty("isMeasured").GetBoolean());
        Assert.Equal("""{"label":1,"centre":[1.5,2.5,3.5],"volume":12.25,"surface":30.5,"score":0.75,"neighbours":[2],"contacts":[4.5]}""", table.GetProperty("cells")[0].GetRawText());
    }

    [Fact]
    public async Task Surfaces_enclose_their_cells()
    {
        BlockMovie.Write(folder["movie"], 1);
        await using ResultViewer viewer = await ResultViewer.StartAsync(new ViewRequest(folder["movie"]), cancellation: Stop);
        byte[] meshes = Unpacked(await Bytes(viewer, "api/frame/0/meshes"));
        int[] numbers = Numbers(meshes);
        IReadOnlyList<LabelledCell> cells = BlockMovie.Labels(0, 1).Cells();
        Assert.Equal(cells.Count, numbers[0]);
        int at = 1;
        foreach (LabelledCell cell in cells)
        {
            Assert.Equal(cell.Label, numbers[at]);
            int vertices = numbers[at + 1];
            double[] places = [.. Enumerable.Range(0, 3 * vertices).Select(place => (double)BinaryPrimitives.ReadSingleLittleEndian(meshes.AsSpan(4 * (at + 3 + place))))];
            int[] corners = numbers[(at + 3 + (3 * vertices))..(at + 3 + (3 * vertices) + (3 * numbers[at + 2]))];
            Assert.Equal(cell.VoxelCount * BlockMovie.Step.VoxelVolume, new SurfaceMesh(places, corners).Volume(), 0.25 * cell.VoxelCount * BlockMovie.Step.VoxelVolume);
            for (int axis = 0; axis < 3; axis++)
            {
                double[] along = [.. places.Where((_, place) => place % 3 == axis)];
                Assert.InRange(along.Average(), cell.Box.Lower[axis] * BlockMovie.Step[axis], cell.Box.Upper[axis] * BlockMovie.Step[axis]);
            }

            at += 3 + (3 * vertices) + corners.Length;
        }

        Assert.Equal(numbers.Length, at);
    }

    [Fact]
    public async Task Truth_beside_shows_what_is_wrong()
    {
        BlockMovie.Write(folder["truth"], 2);
        int[] found = Array.ConvertAll(BlockMovie.Labels(1, 2).Voxels, label => label switch { 9 => 10, 1 => 0, _ => label });
        for (int voxel = 0; voxel < found.Length; voxel++)
        {
            if (found[voxel] == 2 && voxel / 32 % 24 < 7) found[voxel] = 22;
            if (voxel % 32 > 30) found[voxel] = 31;
        }

        VolumeFile.Write(folder["cells/t001.tif"], new LabelVolume(BlockMovie.Size, BlockMovie.Step, found));
        await using ResultViewer viewer = await ResultViewer.StartAsync(new ViewRequest(folder["cells"], folder["truth/raw"], folder["truth"]), cancellation: Stop);
        JsonElement cells = await Json(viewer, "api/frame/0/cells");
        Assert.Equal("""{"2":"split","10":"merged","22":"split","31":"extra"}""", cells.GetProperty("faults").GetRawText());
        Assert.Equal("""{"1":"missed","2":"split","9":"merged","10":"merged"}""", cells.GetProperty("trueFaults").GetRawText());
        Assert.Equal(BlockMovie.Labels(1, 2).Voxels, Numbers(Unpacked(await Bytes(viewer, "api/frame/0/truth"))));

        // Of the cell that is missed there is a surface all the same.
        int[] missed = Numbers(Unpacked(await Bytes(viewer, "api/frame/0/missed")));
        Assert.Equal((1, 1), (missed[0], missed[1]));

        // What was said once is remembered.
        await using ResultViewer again = await ResultViewer.StartAsync(new ViewRequest(folder["cells"]), cancellation: Stop);
        JsonElement summary = await Json(again, "api/summary");
        Assert.True(summary.GetProperty("hasTruth").GetBoolean() && summary.GetProperty("hasImage").GetBoolean());
    }

    [Fact]
    public async Task Coarse_frames_have_the_sizes_that_are_told_whatever_the_voxels()
    {
        var size = new Extent(70, 180, 190);
        VolumeFile.Write(folder["cells/a.tif"], new LabelVolume(size, new Spacing(0.2, 0.21, 0.2)));
        VolumeFile.Write(folder["truth/a.tif"], new LabelVolume(size, new Spacing(0.21, 0.2, 0.2)));
        VolumeFile.Write(folder["raw/a.tif"], new Volume(new Extent(72, 190, 180), new Spacing(0.2, 0.2, 0.21)), VoxelType.UInt8);
        await using ResultViewer viewer = await ResultViewer.StartAsync(new ViewRequest(folder["cells"], folder["raw"], folder["truth"]), cancellation: Stop);
        JsonElement view = await Json(viewer, "api/frame/0");
        foreach (var (part, bytes) in new[] { ("labels", 4), ("truth", 4), ("image", 1) })
        {
            int[] coarse = [.. view.GetProperty(part).GetProperty("coarse").EnumerateArray().Select(one => one.GetInt32())];
            byte[] reply = await Bytes(viewer, $"api/frame/0/{part}");
            Assert.Equal(coarse.Aggregate(1, (one, other) => one * other) * bytes, (part == "image" ? reply : Unpacked(reply)).Length);
            Assert.True(coarse.Aggregate(1, (one, other) => one * other) <= CoarseGrid.Most);
        }
    }

    [Fact]
    public async Task A_result_that_is_being_written_is_shown_as_far_as_it_goes()
    {
        Directory.CreateDirectory(folder["movie/labels"]);
        await using ResultViewer viewer = await ResultViewer.StartAsync(new ViewRequest(folder["movie"]), cancellation: Stop);
        Assert.Equal(0, (await Json(viewer, "api/summary")).GetProperty("frames").GetArrayLength());
        int revision = 0;
        for (int frame = 0; frame < 3; frame++)
        {
            VolumeFile.Write(folder[$"movie/labels/t{frame:000}.tif"], BlockMovie.Labels(frame, 3));
            JsonElement summary = await Json(viewer, "api/summary");
            Assert.Equal(frame + 1, summary.GetProperty("frames").GetArrayLength());
            Assert.False(summary.GetProperty("hasTracks").GetBoolean());
            Assert.True(summary.GetProperty("revision").GetInt32() > revision);
            revision = summary.GetProperty("revision").GetInt32();
            Assert.NotEmpty(await Bytes(viewer, $"api/frame/{frame}/labels"));
        }

        BlockMovie.Write(folder["movie"], 3, "<b>bold</b>");
        JsonElement whole = await Json(viewer, "api/summary");
        Assert.Equal([8, 8], whole.GetProperty("tracks").EnumerateArray().Where(track => track.GetProperty("id").GetInt32() > 8).Select(track => track.GetProperty("parent").GetInt32()));
        Assert.Equal("<b>bold</b> 9", whole.GetProperty("tracks")[8].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_damaged_frame_is_told_and_the_others_are_shown()
    {
        BlockMovie.Write(folder["movie"], 2);
        File.WriteAllText(folder["movie/labels/t000.tif"], "no image");
        await using ResultViewer viewer = await ResultViewer.StartAsync(new ViewRequest(folder["movie"]), cancellation: Stop);
        using HttpResponseMessage answer = await client.GetAsync(new Uri(viewer.Address, "api/frame/0/labels"), Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("t000.tif", await answer.Content.ReadAsStringAsync(Stop));
        Assert.NotEmpty(await Bytes(viewer, "api/frame/1/labels"));
    }

    [Fact]
    public async Task Edits_change_what_is_shown_and_are_found_again()
    {
        BlockMovie.Write(folder["movie"], 4);
        await using (ResultViewer viewer = await ResultViewer.StartAsync(new ViewRequest(folder["movie"]), cancellation: Stop))
        {
            Assert.Equal(HttpStatusCode.OK, (await Send(viewer, """{"edit":"merge","frame":"t003","label":10,"into":9}""")).Status);
            var (_, split) = await Send(viewer, """{"edit":"split","frame":"t000","label":1,"seed":[4,6,4],"otherSeed":[4,6,12],"newLabel":0,"by":"shape"}""");
            Assert.Contains("\\u0022newLabel\\u0022:11", split);
            Assert.Equal((HttpStatusCode.Conflict, true), Status(await Send(viewer, """{"edit":"delete","frame":"t000","label":9}"""), "there is no cell 9 in frame"));
            Assert.Equal((HttpStatusCode.Conflict, true), Status(await Send(viewer, """{"edit":"split","frame":"t000","label":1,"seed":[4,6,4],"otherSeed":[0,0,0],"newLabel":0}"""), "within"));
            Assert.Equal((HttpStatusCode.Conflict, true), Status(await Send(viewer, "{}"), "this is no edit"));
            await Send(viewer, """{"edit":"unlink","daughter":9}""");
            await Send(viewer, """{"edit":"undo"}""");
        }

        Assert.Equal(4, File.ReadAllLines(folder["movie/edits.jsonl"]).Length);
        await using ResultViewer again = await ResultViewer.StartAsync(new ViewRequest(folder["movie"]), cancellation: Stop);
        JsonElement summary = await Json(again, "api/summary");
        Assert.Equal(2, summary.GetProperty("edits").GetArrayLength());
        Assert.DoesNotContain(10, Numbers(await Bytes(again, "api/frame/3/slice/labels/z/12")));
        Assert.Contains(10, Numbers(await Bytes(again, "api/frame/2/slice/labels/z/12")));
        LabelVolume cut = new(BlockMovie.Size, BlockMovie.Step, Numbers(Unpacked(await Bytes(again, "api/frame/0/labels"))));
        Assert.Equal(BlockMovie.Labels(0, 4).Cells()[0].VoxelCount, cut.Cells().Where(cell => cell.Label is 1 or 11).Sum(cell => cell.VoxelCount));
        Assert.Equal(8, summary.GetProperty("tracks").EnumerateArray().Single(track => track.GetProperty("id").GetInt32() == 9).GetProperty("parent").GetInt32());
    }

    [Fact]
    public async Task Edits_that_no_longer_fit_are_told_and_no_more_are_taken()
    {
        BlockMovie.Write(folder["movie"], 1);
        EditList.Append(folder["movie/edits.jsonl"], new DeleteEdit("t000", 77));
        EditList.Append(folder["movie/edits.jsonl"], new DeleteEdit("t000", 1));
        await using ResultViewer viewer = await ResultViewer.StartAsync(new ViewRequest(folder["movie"]), cancellation: Stop);
        JsonElement summary = await Json(viewer, "api/summary");
        Assert.False(summary.GetProperty("canEdit").GetBoolean());
        Assert.Contains("there is no cell 77", summary.GetProperty("notes")[0].GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await Send(viewer, """{"edit":"delete","frame":"t000","label":2}""")).Status);
    }

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    private static (HttpStatusCode Status, bool IsTold) Status((HttpStatusCode Status, string Text) answer, string expected) => (answer.Status, answer.Text.Contains(expected, StringComparison.Ordinal));

    private async Task<(HttpStatusCode Status, string Text)> Send(ResultViewer viewer, string edit)
    {
        using var content = new StringContent(edit, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(new Uri(viewer.Address, "api/edits"), content, Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private Task<byte[]> Bytes(ResultViewer viewer, string path) => client.GetByteArrayAsync(new Uri(viewer.Address, path), Stop);

    private async Task<JsonElement> Json(ResultViewer viewer, string path) => JsonDocument.Parse(await Bytes(viewer, path)).RootElement;

    private static int[] Numbers(byte[] bytes) => [.. Enumerable.Range(0, bytes.Length / 4).Select(index => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4 * index)))];

    private static byte[] Unpacked(byte[] bytes)
    {
        using var stream = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }
}
