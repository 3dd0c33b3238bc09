#!/usr/bin/env bash
# Makes the data that membrane3d was taught on: data.sh FOLDER SHARED_DATA [varied], with `morula` on the path (or MORULA set to a command); PYTHON has numpy and tifffile.
# varied: 400 images beside, each of its own kind, that it was not taught on.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
mkdir -p "$1"; shared=$(realpath "$2"); more=${3:-}; cd "$1"
make() { local kind=$1 name=$2 count=$3 seed=$4; shift 4; ${MORULA:-morula} synthesize "$kind" --out "$name" --count "$count" --seed "$seed" "$@"; }
cubes=SpacingMicrometres=[0.45,0.45,0.45]
make embryo hard 26 101 --hard --set $cubes
make embryo easy 8 102 --set $cubes --set CellCount=24
make embryo aniso 12 103 --set Extent=[32,88,88] --set SpacingMicrometres=[1.2,0.4,0.4] --set CellCount=40 --set BlurMicrometres=[1.1,0.35,0.35] --set Photons=80 --set CameraNoise=0.03 --set MissingPatches=0.15 --set DepthAttenuation=0.5
make embryo small 12 104 --set Extent=[72,72,72] --set $cubes --set CellCount=120 --set BlurMicrometres=[0.5,0.3,0.3] --set Photons=60 --set CameraNoise=0.04
make embryo large 6 105 --set Extent=[88,88,88] --set $cubes --set CellCount=14 --set Photons=60 --set CameraNoise=0.04 --set MembraneThicknessMicrometres=0.6 --set BlurMicrometres=[0.9,0.5,0.5] --set SizeVariation=0.25
make embryo few 4 106 --set SpacingMicrometres=[0.6,0.6,0.6] --set CellCount=4 --set Photons=60 --set CameraNoise=0.04 --set SizeVariation=0.2
make embryo missing 10 107 --set $cubes --set CellCount=40 --set MissingPatches=0.3 --set FaceVariation=0.6 --set Photons=80 --set CameraNoise=0.03 --set DepthAttenuation=0.6 --set LightVariation=0.25
make embryo noisy 10 108 --set $cubes --set CellCount=28 --set Photons=20 --set CameraNoise=0.09 --set MissingPatches=0.1 --set FusionBlurVoxels=0.8
make embryo clefts 8 109 --set Extent=[72,72,72] --set $cubes --set CellCount=48 --set Reach=1.05 --set GapVoxels=1 --set CytoplasmBrightness=0.15 --set BackgroundBrightness=0.05 --set Photons=80
make embryo stripes 12 111 --set $cubes --set StripeDepth=0.6 --set CellCount=30 --set Photons=80 --set CameraNoise=0.03 --set DepthAttenuation=0.6
make embryo bright 8 112 --set $cubes --set CellCount=30 --set CytoplasmBrightness=0.2 --set BackgroundBrightness=0.06 --set MembraneThicknessMicrometres=0.5 --set LightVariation=0.2 --set Photons=80 --set CameraNoise=0.02 --set SizeVariation=0.25
shapes() { make tissue "$@" --set Labels="$shared/ovule-shapes/labels.tif" --set Variation=0.3 --set Optics.MissingPatches=0.1; }
shapes tissue 40 113 --set Magnification=0.42 --set Optics.$cubes --set Optics.Extent=[72,72,72] --set Optics.Photons=80 --set Optics.CameraNoise=0.03
shapes flat 16 114 --set Magnification=0.5 --set Optics.SpacingMicrometres=[1.2,0.38,0.38] --set Optics.Extent=[28,88,88] --set Optics.BlurMicrometres=[1,0.35,0.35] --set Optics.Photons=50 --set Optics.CameraNoise=0.05 --set Optics.CytoplasmBrightness=0.12 --set Optics.FaceVariation=0.4
if [[ $more == varied ]]; then
# Embryos with cavities, envelopes, haze, grain and dots among them; and real cell shapes seen so.
make embryo varied 240 121 --varied
make tissue various 160 122 --varied --set Labels="$shared/ovule-shapes/labels.tif" --set Magnification=0.42 --set Variation=0.3
fi
# A median cell of C. elegans is as wide as the network expects (19.2 voxels of 0.45), or a third wider.
scale() { ${PYTHON:-python3} "$here/scale.py" "$shared/celegans" "$@"; }
scale middle 8.64 t005 t010 t015 $(seq -f t%03g 24 45)
scale near 11.7 $(seq -f t%03g 24 44)
{
  echo image,labels,split,embryo
  for kind in hard easy aniso small large few missing noisy clefts stripes bright tissue flat; do
    for image in "$kind"/raw/*.tif; do
      split=training
      case $image in hard/raw/00024.tif | hard/raw/00025.tif | small/raw/00011.tif | aniso/raw/00011.tif | stripes/raw/00011.tif | tissue/raw/0003[89].tif) split=validation ;; esac
      echo "$image,${image/raw/labels},$split,$kind"
    done
  done
  # Varied images count as six kinds and four.
  for image in ${more:+varied/raw/*.tif various/raw/*.tif}; do
    split=training
    case $image in varied/raw/0023[789].tif | various/raw/0015[89].tif) split=validation ;; esac
    number=$((10#$(basename "$image" .tif)))
    case $image in varied/*) embryo=varied$((number % 6)) ;; *) embryo=various$((number % 4)) ;; esac
    echo "$image,${image/raw/labels},$split,$embryo"
  done
  # Frames count as four embryos, so that one sample in four is real (one in seven with varied images); stages of a movie weigh the same.
  for image in middle/raw/*.tif near/raw/*.tif; do
    split=training; [[ $image =~ middle/raw/t0(15|45) ]] && split=validation
    case $image in near/*) embryo=near ;; */t00* | */t01*) embryo=early ;; */t02* | */t030*) embryo=middle ;; *) embryo=late ;; esac
    echo "$image,${image/raw/labels},$split,$embryo"
  done
} > index.csv
