using Morula.Formats;
using Morula.Options;
using Morula.Samples;
using Xunit;

namespace Morula.Tests.Samples;

public sealed class DataSetTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("morula-data-set").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_folder_pairs_images_and_labels_by_name()
    {
        Touch("raw/b.ome.tif", "raw/a.tif", "raw/.hidden", "labels/a.tiff", "labels/b.tif", "labels/extra.tif", "objects/b.csv");
        DataSet data = DataSet.Open(folder);
        Assert.Equal(["a", "b"], data.Pairs.Select(pair => pair.Name));
        Assert.Equal(Path.Combine(folder, "labels", "a.tiff"), data.Pairs[0].LabelPath);
        Assert.Null(data.Pairs[0].ObjectsPath);
        Assert.Equal(Path.Combine(folder, "objects", "b.csv"), data.Pairs[1].ObjectsPath);
        Assert.False(data.StatesSplit);
    }

    [Fact]
    public void An_image_without_labels_is_refused()
    {
        Touch("raw/a.tif", "raw/b.tif", "labels/a.tif");
        Assert.Contains("b.tif: has no labels", Refusal(folder));
    }

    [Theory]
    [InlineData("raw/a.tif", "labels/")]
    [InlineData("labels/a.tif", "raw/")]
    public void Both_folders_must_be_there(string file, string missing)
    {
        Touch(file);
        Assert.Contains($"has no folder {missing}", Refusal(folder));
    }

    [Fact]
    public void Two_files_of_one_name_are_refused()
    {
        Touch("raw/a.tif", "raw/a.tiff", "labels/a.tif");
        Assert.Contains("shares its name", Refusal(folder));
    }

    [Fact]
    public void An_index_states_pairs_split_and_classes()
    {
        Touch("e1/t001.tif", "e2/t001.tif", "e1/seg.tif", "classes.csv");
        string index = Write("index.csv", "Labels,image,split,objects\ne1/seg.tif, e1/t001.tif, train,\n\ne1/seg.tif,\"e2/t001.tif\",val,classes.csv\n");
        DataSet data = DataSet.Open(index);
        Assert.Equal(["e1/t001", "e2/t001"], data.Pairs.Select(pair => pair.Name));
        Assert.Equal([Split.Training, Split.Validation], data.Pairs.Select(pair => pair.Split));
        Assert.Equal(Path.Combine(folder, "classes.csv"), data.Pairs[1].ObjectsPath);
        Assert.Null(data.Pairs[0].ObjectsPath);
        Assert.Equal(data.Pairs, data.Select().Pairs);
    }

    [Fact]
    public void An_index_names_the_table_of_tracks_of_each_movie()
    {
        Touch("t001.tif", "t002.tif", "seg1.tif", "seg2.tif");
        string tracks = Write("lineage.csv", "t,label,parent_label\n1,4,0\n2,7,4\n");
        Write("other.csv", "t,label,parent_label\n1,4,0\n1,7,0\n");
        DataSet data = DataSet.Open(Write("index.csv", "image,labels,tracks\nt001.tif,seg1.tif,lineage.csv\nt002.tif,seg2.tif,lineage.csv\n"));
        Assert.All(data.Pairs, pair => Assert.Equal(tracks, pair.TracksPath));
        Assert.Equal(4, data.Select(validationShare: 0).LineageOf(Split.Training)![7].ParentId);
        DataSet two = DataSet.Open(Write("index.csv", "image,labels,embryo,tracks\nt001.tif,seg1.tif,a,lineage.csv\nt002.tif,seg2.tif,b,other.csv\n"));
        Assert.Equal([4, 0], two.Pairs.Select(pair => pair.Lineage![7].ParentId));
        Assert.Null(two.LineageOf(Split.Training));
        Assert.Null(DataSet.Open(Write("index.csv", "image,labels,tracks\nt001.tif,seg1.tif,\n")).LineageOf(Split.Training));
    }

    [Theory]
    [InlineData("image,labels,tracks\na.tif,a.tif,none.csv\n", "line 2 names 'none.csv'")]
    [InlineData("", "is empty")]
    [InlineData("image,labels\n", "lists no image")]
    [InlineData("image,truth\na.tif,a.tif\n", "no column 'labels'")]
    [InlineData("image,labels\na.tif,b.tif\n", "line 2 names 'b.tif'")]
    [InlineData("image,labels\n\na.tif\n", "line 3 has 1 values")]
    [InlineData("image,labels,split\na.tif,a.tif,both\n", "line 2 has split 'both'")]
    [InlineData("image,labels\na.tif,a.tif\na.tif,a.tif\n", "lists image a twice")]
    public void A_faulty_index_is_refused_in_one_line(string text, string part)
    {
        Touch("a.tif", "c.tif");
        string message = Refusal(Write("index.csv", text));
        Assert.Contains(part, message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_missing_data_set_is_refused() => Assert.Contains("no such data set", Refusal(Path.Combine(folder, "nowhere")));

    [Fact]
    public void Names_globs_and_ranges_choose_the_split()
    {
        DataSet data = Movie(60).Select(validation: ["t046..t053", "t005"], exclude: ["t000", "t059"], training: ["t024..t045"], test: ["t054", "t055"]);
        Assert.Equal(22, data.Of(Split.Training).Count);
        Assert.Equal(9, data.Of(Split.Validation).Count);
        Assert.Equal(["t054", "t055"], data.Of(Split.Test).Select(pair => pair.Name));
        Assert.Equal(33, data.Pairs.Count);
    }

    [Fact]
    public void Without_a_training_list_the_rest_trains()
    {
        DataSet data = Movie(20).Select(new SampleOptions { Validation = ["t001*", "t01*"], Exclude = ["t000"] }, seed: 0);
        Assert.Equal(11, data.Of(Split.Validation).Count);
        Assert.Equal(8, data.Of(Split.Training).Count);
    }

    [Theory]
    [InlineData(20, 0.1, 2)]
    [InlineData(20, 0.01, 1)]
    [InlineData(2, 0.9, 1)]
    [InlineData(20, 0, 0)]
    [InlineData(1, 0.5, 0)]
    public void A_seeded_run_of_neighbours_is_held_out(int frames, double share, int expected)
    {
        DataSet movie = Movie(frames);
        int[] held = Held(movie.Select(validationShare: share, seed: 3));
        Assert.Equal(expected, held.Length);
        if (expected > 1) Assert.Equal(expected - 1, held[^1] - held[0]);
        Assert.Equal(held, Held(movie.Select(validationShare: share, seed: 3)));
        if (expected == 2) Assert.True(Enumerable.Range(0, 30).Select(seed => Held(movie.Select(seed: seed))[0]).Distinct().Count() > 8);

        static int[] Held(DataSet data) => [.. data.Of(Split.Validation).Select(pair => int.Parse(pair.Name[1..]))];
    }

    [Fact]
    public void A_folder_in_raw_is_an_embryo()
    {
        Touch("raw/e1/t001.tif", "raw/e1/t002.tif", "raw/e2/t001.tif", "labels/e1/t001.tif", "labels/e1/t002.tif", "labels/e2/t001.tif", "objects/e2/t001.csv");
        DataSet data = DataSet.Open(folder);
        Assert.Equal(["e1/t001", "e1/t002", "e2/t001"], data.Pairs.Select(pair => pair.Name));
        Assert.Equal(["e1", "e1", "e2"], data.Pairs.Select(pair => pair.Embryo));
        Assert.Equal(Path.Combine(folder, "objects", "e2", "t001.csv"), data.Pairs[2].ObjectsPath);
        Directory.CreateDirectory(Path.Combine(folder, "tracks"));
        Write(Path.Combine("tracks", "e1.csv"), "t,label,parent_label\n1,4,0\n2,7,4\n");
        Assert.Equal([4, 4, null], DataSet.Open(folder).Pairs.Select(pair => pair.Lineage?[7].ParentId));
        Assert.Equal(["e2/t001"], data.Select(validation: ["e2/*"]).Of(Split.Validation).Select(pair => pair.Name));
        Directory.Delete(Path.Combine(folder, "labels", "e2"), recursive: true);
        Assert.Contains($"has no folder {Path.Combine("labels", "e2")}/", Refusal(folder));
    }

    [Fact]
    public void An_index_names_embryos_by_a_column_or_by_folders()
    {
        Touch("a.tif", "b.tif", "f/c.tif");
        DataSet named = DataSet.Open(Write("index.csv", "image,labels,embryo\na.tif,a.tif,Ada\nb.tif,a.tif,Ada\nf/c.tif,a.tif,Bob\n"));
        Assert.Equal(["Ada", "Ada", "Bob"], named.Pairs.Select(pair => pair.Embryo));
        Assert.Equal(["c"], named.Select(validation: ["Bob/*"]).Of(Split.Validation).Select(pair => pair.Name));
        Assert.Equal(["", "f"], DataSet.Open(Write("index.csv", "image,labels\na.tif,a.tif\nf/c.tif,a.tif\n")).Pairs.Select(pair => pair.Embryo));
        Assert.Equal(["", ""], DataSet.Open(Write("index.csv", "image,labels\na.tif,a.tif\nb.tif,a.tif\n")).Pairs.Select(pair => pair.Embryo));
    }

    [Fact]
    public void Whole_embryos_are_held_out_where_there_are_several()
    {
        foreach (string embryo in (string[])["e1", "e2", "e3", "e4"])
            for (int frame = 0; frame < 10; frame++) Touch($"raw/{embryo}/t{frame}.tif", $"labels/{embryo}/t{frame}.tif");
        DataSet data = DataSet.Open(folder);
        var first = new HashSet<string>();
        for (int seed = 0; seed < 20; seed++)
        {
            foreach (var (share, embryos) in ((double, int)[])[(0.1, 1), (0.25, 1), (0.3, 2), (0.9, 3), (0, 0)])
            {
                DataSet split = data.Select(validationShare: share, seed: seed);
                string[] held = [.. split.Of(Split.Validation).Select(pair => pair.Embryo).Distinct()];
                Assert.Equal(embryos, held.Length);
                Assert.DoesNotContain(split.Of(Split.Training), pair => held.Contains(pair.Embryo));
                Assert.Equal(held, data.Select(validationShare: share, seed: seed).Of(Split.Validation).Select(pair => pair.Embryo).Distinct());
                if (embryos == 1) first.Add(held[0]);
            }
        }

        Assert.Equal(4, first.Count);
    }

    [Fact]
    public void Slips_in_the_patterns_are_refused()
    {
        DataSet movie = Movie(5);
        Assert.Contains("'t9*' matches none of the 5 images", Assert.Throws<OptionsException>(() => movie.Select(validation: ["t9*"])).Message);
        Assert.Contains("a range needs", Assert.Throws<OptionsException>(() => movie.Select(validation: ["t003..t001"])).Message);
        Assert.Contains("a range needs", Assert.Throws<OptionsException>(() => movie.Select(validation: ["a001..t003"])).Message);
        Assert.Contains("t002 is listed for", Assert.Throws<OptionsException>(() => movie.Select(validation: ["t002"], test: ["t00?"])).Message);
        Assert.Contains("none of the 5 images is left", Assert.Throws<OptionsException>(() => movie.Select(validation: ["*"])).Message);
    }

    [Fact]
    public void Classes_are_read_by_label()
    {
        string path = Write("classes.csv", "class,label,s\n2,5,0.04\n1,7,0.03\n");
        Assert.Equal(new Dictionary<int, int> { [5] = 2, [7] = 1 }, ObjectClasses.Read(path));
        Assert.Empty(ObjectClasses.Read(null));
    }

    [Theory]
    [InlineData("label,kind\n1,1\n", "no column 'class'")]
    [InlineData("label,class\n1,cube\n", "class 'cube'")]
    [InlineData("label,class\n1,0\n", "class '0'")]
    [InlineData("label,class\n4,1\n4,2\n", "repeats label 4")]
    public void Faulty_classes_are_refused(string text, string part) =>
        Assert.Contains(part, Assert.Throws<VolumeFormatException>(() => ObjectClasses.Read(Write("classes.csv", text))).Message);

    private static string Refusal(string path) => Assert.Throws<VolumeFormatException>(() => DataSet.Open(path)).Message;

    private DataSet Movie(int frames)
    {
        for (int frame = 0; frame < frames; frame++) Touch($"raw/t{frame:000}.tif", $"labels/t{frame:000}.tif");
        return DataSet.Open(folder);
    }

    private void Touch(params string[] files)
    {
        foreach (string file in files) Write(file, "");
    }

    private string Write(string file, string text)
    {
        string path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
