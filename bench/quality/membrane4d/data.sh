#!/usr/bin/env bash
# Makes the data that membrane4d was taught on: data.sh FOLDER SHARED_DATA, with `morula` on the path (or MORULA set to a command); PYTHON has numpy and tifffile.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
mkdir -p "$1"; shared=$(realpath "$2"); cd "$1"
make() { local name=$1 frames=$2 seed=$3; shift 3; ${MORULA:-morula} synthesize movie --out "$name" --count "$frames" --seed "$seed" "$@"; }
cubes=Embryo.SpacingMicrometres=[0.45,0.45,0.45]
make hard 20 401 --hard --set $cubes --set Embryo.CellCount=20 --set DivisionRate=0.035
make fast 16 402 --hard --set $cubes --set Embryo.CellCount=16 --set DivisionRate=0.08 --set Drift=0.07
make easy 14 403 --set $cubes --set Embryo.CellCount=18 --set DivisionRate=0.05
make few 16 404 --set Embryo.SpacingMicrometres=[0.6,0.6,0.6] --set Embryo.CellCount=3 --set DivisionRate=0.08 --set Embryo.Photons=60 --set Embryo.CameraNoise=0.04
make small 14 405 --set Embryo.Extent=[72,72,72] --set $cubes --set Embryo.CellCount=70 --set Embryo.BlurMicrometres=[0.5,0.3,0.3] --set DivisionRate=0.04 --set Embryo.Photons=60 --set Embryo.CameraNoise=0.04
make flat 16 406 --set Embryo.Extent=[32,88,88] --set Embryo.SpacingMicrometres=[1.2,0.4,0.4] --set Embryo.CellCount=26 --set Embryo.BlurMicrometres=[1.1,0.35,0.35] --set Embryo.Photons=80 --set Embryo.CameraNoise=0.03 --set Embryo.MissingPatches=0.15 --set Embryo.DepthAttenuation=0.5 --set DivisionRate=0.05
make missing 16 407 --set $cubes --set Embryo.CellCount=24 --set Embryo.MissingPatches=0.3 --set Embryo.FaceVariation=0.6 --set Embryo.Photons=80 --set Embryo.CameraNoise=0.03 --set Embryo.DepthAttenuation=0.6 --set DivisionRate=0.04
make stripes 14 408 --set $cubes --set Embryo.StripeDepth=0.6 --set Embryo.CellCount=20 --set Embryo.Photons=80 --set Embryo.CameraNoise=0.03 --set DivisionRate=0.05
make bright 14 409 --set $cubes --set Embryo.CellCount=20 --set Embryo.CytoplasmBrightness=0.2 --set Embryo.BackgroundBrightness=0.06 --set Embryo.MembraneThicknessMicrometres=0.5 --set Embryo.Photons=80 --set DivisionRate=0.05
make held 8 410 --hard --set $cubes --set Embryo.CellCount=26 --set DivisionRate=0.05
# One voxel size for a whole movie: its median cell is as wide as the network expects (19.2 voxels of 0.45), or a third wider, or a seventh narrower.
movie() { ${PYTHON:-python3} "$here/../membrane3d/scale.py" --together "$shared/celegans" "$@"; }
movie middle 8.64 $(seq -f t%03g 24 45)
movie near 11.7 $(seq -f t%03g 24 45)
movie far 7.4 $(seq -f t%03g 24 45)
for name in middle near far; do cp "$shared/celegans/tracks.csv" $name/tracks.csv; done
{
  echo image,labels,split,embryo,tracks
  for movie in hard fast easy few small flat missing stripes bright held middle near far; do
    for image in "$movie"/raw/*.tif; do
      # Of the real movie the last three frames are held out, and in the other sizes left out of what is taught.
      split=training; [[ $movie = held || $image =~ middle/raw/t04[345] ]] && split=validation
      [[ $image =~ (near|far)/raw/t04[345] ]] && split=test
      echo "$image,${image/raw/labels},$split,$movie,$movie/tracks.csv"
    done
  done
} > index.csv
