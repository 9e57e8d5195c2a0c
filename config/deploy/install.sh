#!/bin/sh
# Installs the 311 Tracker from an unpacked bundle, without any network:
#
#   sh install.sh [FOLDER]          default: /opt/tracker-311
#   PYTHON=/usr/bin/python3.11 sh install.sh
#
# Run again with a newer bundle it upgrades: the folder that was there is kept beside it, and its
# .env and var/ are taken over. Stop the services before, run `manage.py setup` after.
set -eu

bundle=$(cd "$(dirname "$0")" && pwd)
target=${1:-/opt/tracker-311}
python=${PYTHON:-python3}

cd "$bundle"
sha256sum --check --quiet SHA256SUMS

tag=$("$python" -c 'import platform, sys; print("cp%d%d-%s" % (*sys.version_info[:2], platform.machine()))')
if [ "$tag" != "$(cat PLATFORM)" ]; then
    echo "This bundle is for $(cat PLATFORM), and $python here is $tag." >&2
    echo "Take the bundle of this platform, or name another Python: PYTHON=…" >&2
    exit 1
fi

before=
if [ -e "$target" ] && [ -n "$(ls -A "$target")" ]; then
    if [ ! -e "$target/manage.py" ]; then
        echo "$target is not empty, and no 311 Tracker: nothing was changed." >&2
        exit 1
    fi
    before=$target.before-$(date +%Y%m%d-%H%M%S)
    mv "$target" "$before"
fi

mkdir -p "$target"
cp -R source/. "$target/"
"$python" -m venv "$target/.venv"
"$target/.venv/bin/python" -m pip --isolated --quiet --disable-pip-version-check install \
    --no-index --find-links wheels --require-hashes -r "$target/requirements.txt"

if [ -n "$before" ]; then
    [ ! -e "$before/.env" ] || cp -p "$before/.env" "$target/.env"
    [ ! -e "$before/var" ] || mv "$before/var" "$target/var"
    echo "What was there before: $before"
fi
echo "Installed in $target. Next: $target/.venv/bin/python $target/manage.py setup"
