"""Makes ctc_GT/ and astec/: tracked movies as other programs lay them out. Run in this folder."""
import os
import numpy as np
import tifffile

os.makedirs("ctc_GT/TRA", exist_ok=True)
places = [[1, 1, 0, 9], [2, 3, 0, 9], [3, 2, 9, 0]]
for frame, row in enumerate(places):
    mask = np.repeat(np.array(row, np.uint16), 2)[None, None, :].repeat(2, 0).repeat(3, 1)
    tifffile.imwrite(f"ctc_GT/TRA/man_track{frame:03d}.tif", mask, compression="zlib")
with open("ctc_GT/TRA/man_track.txt", "w") as file:
    file.write("1 0 0 0\n2 1 2 1\n3 1 2 1\n9 0 2 0\n")

# Labels mean another cell in every frame; 5 of frame 10 divides into 3 and 4, and 7 of frame 12 comes from nowhere.
os.makedirs("astec", exist_ok=True)
places = {10: [2, 5, 1, 1], 11: [4, 3, 2, 1], 12: [2, 9, 1, 7]}
for frame, row in places.items():
    labels = np.repeat(np.array(row, np.uint16), 2)[None, None, :].repeat(2, 0).repeat(3, 1)
    tifffile.imwrite(f"astec/Emb_post_t{frame:03d}.tif", labels[:, None], imagej=True, metadata={"axes": "ZCYX"})
with open("astec/Emb_post_lineage.xml", "w") as file:
    file.write("""<data>
  <cell_lineage>
    <cell cell-id="100002">[110002]</cell>
    <cell cell-id="100005">[np.int64(110003), np.int64(110004)]</cell>
    <cell cell-id="110003">[120002]</cell>
    <cell cell-id="110004">[120009]</cell>
  </cell_lineage>
  <cell_h_min>
    <cell cell-id="100002">[4]</cell>
  </cell_h_min>
  <cell_volume>
    <cell cell-id="100002">12.0</cell>
    <cell cell-id="120007">12.0</cell>
    <cell cell-id="120001">24.0</cell>
  </cell_volume>
  <cell_contact_surface>
    <cell cell-id="100002">
      <cell cell-id="100001">6.0</cell>
    </cell>
  </cell_contact_surface>
  <all_cells>[100002, 100005]</all_cells>
</data>
""")
with open("movies_made_by.txt", "w") as file:
    file.write(f"# made by make_movies.py with numpy {np.__version__}, tifffile {tifffile.__version__}\n")
