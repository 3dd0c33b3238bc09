namespace Morula.Formats;

/// <summary>What the labels of a movie's frames stand for.</summary>
internal interface IFrameLabelling
{
    /// <summary>Checks the labels of a frame, and turns them in place into ids that are constant along a track.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="frame">Its frame number.</param>
    /// <param name="voxels">Its labels, 0 where there is no cell.</param>
    /// <exception cref="VolumeFormatException">The labels and the tracks contradict each other.</exception>
    void Apply(string path, int frame, int[] voxels);
}
