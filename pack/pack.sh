#!/usr/bin/env bash
# Makes what is given to users, under OUT (default: pack/out, which git ignores):
#   pack/pack.sh library           Morula and Morula.Linking as NuGet packages, without libtorch
#   pack/pack.sh tool linux-x64    the command as a .NET tool with libtorch (or win-x64)
#   pack/pack.sh folder linux-x64  a folder with the command and all of .NET (or win-x64)
# TORCH=cuda takes libtorch with CUDA in the place of that for the processor (the folder alone: too large for a tool).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
what=${1:?library, tool or folder}
rid=${2:-linux-x64}
out=$(mkdir -p "${OUT:-$root/pack/out}" && cd "${OUT:-$root/pack/out}" && pwd)
# Builds of another system keep to a folder of their own, so that the usual obj/ stays as it is.
build=(-c Release -p:RunAnalyzers=false --artifacts-path "$out/build/$what-$rid" --nologo -v quiet)

case $what in
library)
    for project in Morula Morula.Linking; do
        dotnet pack "$root/src/$project" "${build[@]}" -p:MorulaTorch=none -p:RuntimeIdentifier= -o "$out/packages"
    done ;;
tool)
    dotnet pack "$root/src/Morula.Cli" "${build[@]}" -r "$rid" -p:SelfContained=false -p:PublishReadyToRun=true -p:MorulaTorch="${TORCH:-cpu}" -o "$out/packages" ;;
folder)
    rm -rf "$out/morula-$rid"
    dotnet publish "$root/src/Morula.Cli" "${build[@]}" -r "$rid" --self-contained -p:PublishReadyToRun=true -p:MorulaTorch="${TORCH:-cpu}" -o "$out/morula-$rid"
    # The program has the command's name; on Windows the assembly of the library has it too but for the case, so the assembly keeps its own.
    for end in "" .exe; do
        if [ -f "$out/morula-$rid/Morula.Cli$end" ]; then mv "$out/morula-$rid/Morula.Cli$end" "$out/morula-$rid/morula$end"; fi
    done
    cp "$root/LICENSE" "$root/pack/README.md" "$out/morula-$rid" ;;
*)
    echo "there is no \"$what\" to pack; expected library, tool or folder" >&2
    exit 2 ;;
esac
