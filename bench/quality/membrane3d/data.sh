#!/usr/bin/env bash
# Makes the data that membrane3d was taught on: data.sh FOLDER SHARED_DATA, with `morula` on the path (or MORULA set to a command).
set -euo pipefail
mkdir -p "$1"; shared=$(realpath "$2"); cd "$1"
make() { local name=$1 count=$2 seed=$3; shift 3; ${MORULA:-morula} synthesize embryo --out "$name" --count "$count" --seed "$seed" "$@"; }
cubes=SpacingMicrometres=[0.45,0.45,0.45]
make hard 26 101 --hard --set $cubes
make easy 8 102 --set $cubes --set CellCount=24
make aniso 12 103 --set Extent=[32,88,88] --set SpacingMicrometres=[1.2,0.4,0.4] --set CellCount=40 --set BlurMicrometres=[1.1,0.35,0.35] --set Photons=80 --set CameraNoise=0.03 --set MissingPatches=0.15 --set DepthAttenuation=0.5
make small 12 104 --set Extent=[72,72,72] --set $cubes --set CellCount=120 --set BlurMicrometres=[0.5,0.3,0.3] --set Photons=60 --set CameraNoise=0.04
make large 6 105 --set Extent=[88,88,88] --set $cubes --set CellCount=14 --set Photons=60 --set CameraNoise=0.04 --set MembraneThicknessMicrometres=0.6 --set BlurMicrometres=[0.9,0.5,0.5] --set SizeVariation=0.25
make few 4 106 --set SpacingMicrometres=[0.6,0.6,0.6] --set CellCount=4 --set Photons=60 --set CameraNoise=0.04 --set SizeVariation=0.2
make missing 10 107 --set $cubes --set CellCount=40 --set MissingPatches=0.3 --set FaceVariation=0.6 --set Photons=80 --set CameraNoise=0.03 --set DepthAttenuation=0.6 --set LightVariation=0.25
make noisy 10 108 --set $cubes --set CellCount=28 --set Photons=20 --set CameraNoise=0.09 --set MissingPatches=0.1 --set FusionBlurVoxels=0.8
make clefts 8 109 --set Extent=[72,72,72] --set $cubes --set CellCount=48 --set Reach=1.05 --set GapVoxels=1 --set CytoplasmBrightness=0.15 --set BackgroundBrightness=0.05 --set Photons=80
{
  echo image,labels,split
  for kind in hard easy aniso small large few missing noisy clefts; do
    for image in "$kind"/raw/*.tif; do
      split=training
      case $image in hard/raw/00024.tif | hard/raw/00025.tif | small/raw/00011.tif | aniso/raw/00011.tif) split=validation ;; esac
      echo "$image,${image/raw/labels},$split"
    done
  done
  for t in $(seq -f %03g 24 45); do
    split=training; [ "$t" = 045 ] && split=validation
    echo "$shared/celegans/raw/t$t.tif,$shared/celegans/labels/t$t.tif,$split"
  done
} > index.csv
