#!/bin/sh
# What others have to say about packages in dist, and about recipes for systems that this one is not.
set -eu
cd "$(dirname "$0")/.."
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python=build/venv/bin/python
$python packaging/linux/build.py --quick tree
desktop-file-validate build/quick/tree/share/applications/afterword.desktop
appstreamcli validate --no-net build/quick/tree/share/metainfo/org.afterword.Afterword.metainfo.xml
man --warnings --local-file build/quick/tree/share/man/man1/afterword.1.gz >"$work/man" 2>"$work/man-says"
[ ! -s "$work/man-says" ] || { cat "$work/man-says"; exit 1; }
bash -n build/quick/tree/share/bash-completion/completions/afterword
sh -n packaging/linux/install.sh
sh -n packaging/macos/build.sh
$python -c 'import plistlib, sys; [plistlib.load(open(name, "rb")) for name in sys.argv[1:]]' packaging/macos/*.plist

lintian --fail-on error --tag-display-limit 0 --suppress-tags-from-file packaging/linux/lintian-expected dist/afterword_"$version"_*.deb
rpmlint --config packaging/linux/rpmlint-expected.toml dist/afterword-"$version"-*.rpm

# the installer for Windows is compiled of an empty bundle: the real one is frozen there
mkdir -p "$work/bundle/_internal"
cp build/bundle/afterword/NOTICES.txt build/bundle/afterword/sbom.cdx.json "$work/bundle/"
for name in afterword afterword-tray afterword-capture; do echo >"$work/bundle/$name.exe"; done
echo >"$work/bundle/_internal/nothing"
makensis -V2 -WX "-DVERSION=$version" "-DBUNDLE=$work/bundle" "-DOUT=$work/afterword-$version-setup.exe" packaging/windows/afterword.nsi
