"""Debian's nginx with our site file on loopback, in a folder of its own, with a certificate."""

import contextlib
import re
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.config.deploy.server.serving import ROOT, free_port, started
from tests.programs import program

SITE = ROOT / "config/deploy/server/nginx.conf"
# What Debian's own nginx.conf says around a site, with all files in one folder.
AROUND = """
user root;
daemon off;
pid {folder}/nginx.pid;
events {{ worker_connections 768; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    access_log off;
    gzip on;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Site:
    """Where nginx listens, with TLS and without, and its folder with the logs."""

    port: int
    plain: int
    folder: Path

    def log(self) -> str:
        """Return the log of requests."""
        return (self.folder / "tracker-311.access.log").read_text()


def trusting() -> ssl.SSLContext:
    """Return the TLS of a client that believes any certificate."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def rendered(folder: Path, backends: tuple[int, ...], port: int, plain: int) -> str:
    """Return our site file with the ports and folders of a test. Each place must be there."""
    text = SITE.read_text()
    servers = "".join(rf"server 127.0.0.1:{backend}\1" for backend in backends)
    for pattern, new in [
        (r"server 127\.0\.0\.1:8000(.*\n)", servers),
        (r"listen \[::\].*\n", "\n"),
        (r"listen 80;", f"listen 127.0.0.1:{plain};"),
        (r"listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        (r"/etc/tracker-311/certificate", f"{folder}/certificate"),
        (r"/var/log/nginx/", f"{folder}/"),
        (r"/opt/tracker-311/", f"{ROOT}/"),
    ]:
        text, found = re.subn(pattern, new, text)
        assert found, pattern
    return text


@contextlib.contextmanager
def nginx(folder: Path, *backends: int) -> Iterator[Site]:
    """Start nginx before servers on loopback, yield where it listens, and end it."""
    binary = program("nginx", "nginx")
    folder.mkdir()
    site = Site(free_port(), free_port(), folder)
    subprocess.run(
        [program("openssl", "openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes"]
        + ["-subj", "/CN=311.example.gov.cn", "-days", "2"]
        + ["-keyout", folder / "certificate.key", "-out", folder / "certificate.pem"],
        check=True,
        capture_output=True,
    )
    (folder / "site.conf").write_text(rendered(folder, backends, site.port, site.plain))
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
    command = [binary, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    subprocess.run([*command, "-t", "-q"], check=True)
    with started(command, site.port):
        yield site
