#!/bin/sh
# Installs Afterword for one user, without root: below ~/.local, or below the folder that --prefix names.
# What it has installed is listed in lib/afterword/installed; lib/afterword/uninstall removes that and nothing else.
set -eu

prefix="$HOME/.local"
case "${1-}" in
"") ;;
--prefix) prefix=$2 ;;
*)
    echo "usage: install.sh [--prefix DIR]" >&2
    exit 2
    ;;
esac

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$prefix"
prefix=$(cd "$prefix" && pwd)
if [ -x "$prefix/lib/afterword/uninstall" ]; then # an earlier version, whose files may have other names
    "$prefix/lib/afterword/uninstall" --quietly
fi

cd "$here"
cp -R bin lib share "$prefix/"
sed -i -e "s|^Exec=afterword|Exec=\"$prefix/bin/afterword\"|" -e "s|^TryExec=.*|TryExec=$prefix/bin/afterword|" \
    "$prefix/share/applications/afterword.desktop"
{
    find bin lib share ! -type d
    echo lib/afterword/installed
    echo lib/afterword/uninstall
} >"$prefix/lib/afterword/installed"
cat >"$prefix/lib/afterword/uninstall" <<'END'
#!/bin/sh
# Removes what was installed. Recordings and settings stay where they are.
set -eu
cd "$(dirname "$0")/../.."
list=$(cat lib/afterword/installed)
echo "$list" | while read -r name; do rm -f "./$name"; done
find lib/afterword -depth -type d -empty -delete
[ "${1-}" = --quietly ] || echo "Afterword is removed. Recordings are still in ~/.local/share/afterword."
END
chmod 755 "$prefix/lib/afterword/uninstall"
echo "Afterword is installed: $prefix/bin/afterword, and in the menu."
echo "$prefix/lib/afterword/uninstall removes it again."
