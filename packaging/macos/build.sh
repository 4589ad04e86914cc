#!/bin/sh
# Freezes Afterword and makes a disk image, on a Mac, in a Python that has packaging/bundle/bundle.lock installed.
# Signs where SIGNING_IDENTITY names a Developer ID; notarises where NOTARY_PROFILE names a keychain profile of notarytool.
set -eu
cd "$(dirname "$0")/../.."

version=$(python -c "import tomllib; print(tomllib.load(open('pyproject.toml', 'rb'))['project']['version'])")
image="dist/afterword-$version-$(uname -m).dmg"
app=build/bundle/Afterword.app

python packaging/bundle/freeze.py
mkdir -p dist "$app/Contents/Resources" build/Afterword.iconset
for size in 16 32 128 256 512; do
    python packaging/bundle/draw_icon.py "build/Afterword.iconset/icon_${size}x$size.png" "$size"
    python packaging/bundle/draw_icon.py "build/Afterword.iconset/icon_${size}x$size@2x.png" $((size * 2))
done
iconutil --convert icns --output "$app/Contents/Resources/Afterword.icns" build/Afterword.iconset
plutil -replace CFBundleIconFile -string Afterword.icns "$app/Contents/Info.plist"
plutil -replace CFBundleShortVersionString -string "$version" "$app/Contents/Info.plist"
plutil -replace CFBundleVersion -string "$version" "$app/Contents/Info.plist"
cp build/bundle/afterword/NOTICES.txt build/bundle/afterword/sbom.cdx.json "$app/Contents/Resources/"

if [ -n "${SIGNING_IDENTITY-}" ]; then
    codesign --force --deep --options runtime --timestamp --entitlements packaging/macos/entitlements.plist \
        --sign "$SIGNING_IDENTITY" "$app"
    codesign --verify --deep --strict "$app"
else
    echo "Not signed: SIGNING_IDENTITY is not set."
fi
folder=$(mktemp -d)
cp -R "$app" "$folder/"
ln -s /Applications "$folder/Applications"
hdiutil create -quiet -ov -volname Afterword -srcfolder "$folder" -format ULMO "$image"
rm -r "$folder"
if [ -n "${NOTARY_PROFILE-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
else
    echo "Not notarised: NOTARY_PROFILE is not set."
fi
