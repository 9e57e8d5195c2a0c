"""
What a test has in place of a whole Debian: systemd, packages, accounts of the system.

`python stand_ins.py NAME ARGUMENTS` does what the program of that name would. Units are those that
the manual copied: their ExecStart lines run with their environment and nothing else.
"""

import contextlib
import fnmatch
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

MACHINE = Path(os.environ["MACHINE"])
RUNNING = MACHINE / "running"


def values(path: Path) -> dict[str, str]:
    """Return the variables of an EnvironmentFile; none of one marked - that is not there."""
    if str(path).startswith("-"):
        path = Path(str(path)[1:])
        if not path.exists():
            return {}
    lines = [line.strip() for line in path.read_text().splitlines()]
    given = [line.partition("=") for line in lines if line and line[0] not in "#;"]
    return {name: value.strip("\"'") for name, _equals, value in given}


def environment(properties: list[tuple[str, str]]) -> dict[str, str]:
    """Return what systemd would give a process. Makes the folders of StateDirectory."""
    made = {"PATH": os.environ["PATH"], "HOME": str(MACHINE), "MACHINE": str(MACHINE)}
    for name, value in properties:
        if name == "EnvironmentFile":
            made |= values(Path(value))
        elif name == "Environment":
            made |= dict([value.split("=", 1)])
        elif name == "StateDirectory":
            for folder in value.split():
                (MACHINE / "var/lib" / folder).mkdir(parents=True, exist_ok=True)
    return made


def unit(name: str) -> list[tuple[str, str]]:
    """Return the settings of a service's file, %i and %% replaced."""
    template, at, instance = name.partition("@")
    path = MACHINE / "etc/systemd/system" / f"{template}{at}.service"
    text = path.read_text().replace("%i", instance).replace("%%", "%")
    return re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE)


def start(name: str) -> None:
    """Start a service; run one that ends to its end. Timers only have to be there."""
    if name.endswith(".timer"):
        (MACHINE / "etc/systemd/system" / name).read_bytes()
        return
    settings = unit(name)
    given, folder = environment(settings), dict(settings)["WorkingDirectory"]
    commands = [shlex.split(value) for key, value in settings if key.startswith("Exec")]
    if dict(settings)["Type"] == "oneshot":
        for command in commands:
            subprocess.run(command, env=given, cwd=folder, check=True)
        return
    [command] = commands
    with (MACHINE / f"{name}.log").open("a") as log:
        process = subprocess.Popen(
            command, env=given, cwd=folder, stdout=log, stderr=log, start_new_session=True
        )
    RUNNING.mkdir(exist_ok=True)
    (RUNNING / name).write_text(str(process.pid))
    if dict(settings)["Type"] == "notify":
        wait_for(lambda: listens(int(given["PORT"])))


def stop(pattern: str) -> None:
    """End the services of a name or pattern, and wait until they have ended."""
    for path in sorted(RUNNING.glob("*")):
        if matches(path, (pattern,)):
            pid = int(path.read_text())
            path.unlink()
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
            wait_for(lambda pid=pid: not is_alive(pid))


def matches(path: Path, patterns: tuple[str, ...]) -> bool:
    """Return whether a running service is meant by one of the names or patterns."""
    return any(fnmatch.fnmatch(path.name, pattern) for pattern in patterns)


def listens(port: int) -> bool:
    """Return whether somebody listens on a port."""
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def is_alive(pid: int) -> bool:
    """Return whether a process runs; one that has ended and was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(happened) -> None:
    """Wait for a condition. Raises TimeoutError after a minute and a half."""
    until = time.monotonic() + 90
    while not happened():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.05)


def systemctl(act: str, *names: str) -> None:
    """Do what the manual asks of systemctl."""
    names = tuple(name for name in names if not name.startswith("-"))
    if (act, *names) == ("reload", "nginx"):
        reload_nginx()
    elif act in ("enable", "start"):
        for name in names:
            start(name)
    elif act == "stop":
        for name in names:
            stop(name)
    elif act == "restart":
        for name in {path.name for path in RUNNING.iterdir() if matches(path, names)}:
            stop(name)
            start(name)
    elif act != "daemon-reload":
        raise SystemExit(f"systemctl {act}: not in the manual so far")


def reload_nginx() -> None:
    """Let nginx read its files again; on a Debian it would have run since it was installed."""
    pid = MACHINE / "nginx/nginx.pid"
    # `nginx -t` leaves an empty one.
    if pid.exists() and pid.read_text():
        os.kill(int(pid.read_text()), signal.SIGHUP)
        return
    with (MACHINE / "nginx.log").open("a") as log:
        process = subprocess.Popen(["nginx"], stdout=log, stderr=log, start_new_session=True)
    RUNNING.mkdir(exist_ok=True)
    (RUNNING / "nginx").write_text(str(process.pid))
    wait_for(lambda: pid.exists() and pid.read_text())


def nginx(*arguments: str) -> None:
    """Run nginx with the configuration of this machine."""
    configuration = ["-c", f"{MACHINE}/nginx/nginx.conf", "-e", f"{MACHINE}/nginx/error.log"]
    os.execv(os.environ["NGINX_BINARY"], ["nginx", *configuration, *arguments])


def systemd_run(*arguments: str) -> None:
    """Run a command with the given properties, its streams ours, its exit code ours."""
    given, properties = list(arguments), []
    while given[0].startswith("-"):
        option = given.pop(0)
        if option == "-p":
            properties.append(tuple(given.pop(0).split("=", 1)))
    os.chdir(dict(properties)["WorkingDirectory"])
    os.execve(given[0], given, environment(properties))


def runuser(*arguments: str) -> None:
    """Run a command as we are: runuser -u NAME -- COMMAND."""
    command = arguments[arguments.index("--") + 1 :]
    os.execvp(command[0], command)


def make(_c: str, folder: str, target: str) -> None:
    """Give a program the Python and libraries of the tests, instead of `make install`."""
    assert target == "install"
    venv = Path(folder) / ".venv"
    if not venv.exists():
        venv.symlink_to(os.environ["VENV"])


def nothing(*_arguments: str) -> None:
    """Do nothing: what it would install or make is there, or not needed."""


PROGRAMS = {
    "apt-get": nothing,
    "useradd": nothing,
    "make": make,
    "nginx": nginx,
    "runuser": runuser,
    "systemctl": systemctl,
    "systemd-run": systemd_run,
}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]](*sys.argv[2:])
