#!/bin/sh
# manage.py with the settings, the user and the folders of the services; as root: tracker-311 COMMAND …
# It also reads /etc/tracker-311/owner (DATABASE_OWNER_URL), which the services are not given.
# Files are named by their full path.
exec systemd-run --quiet --wait --pipe --collect \
    -p User=tracker-311 -p Group=tracker-311 -p WorkingDirectory=/opt/tracker-311 \
    -p EnvironmentFile=/etc/tracker-311/env -p EnvironmentFile=-/etc/tracker-311/owner \
    -p Environment=DATA_DIR=/var/lib/tracker-311 \
    -p "StateDirectory=tracker-311 tracker-311/backups" -p StateDirectoryMode=0700 -p UMask=0077 \
    /opt/tracker-311/.venv/bin/python /opt/tracker-311/manage.py "$@"
