"""Sets up what microsite works with: python scripts/setup_tools.py runtime|dev|tools|studio|long-tools

``runtime`` makes .venv with what a build needs, ``dev`` adds what tests and checks need,
``tools`` sees to the programs outside Python that the tests drive, ``long-tools`` to those
of the long tests too, among them the packages of npm that tests/npm lists. ``studio`` gets what
the studio is made with: Python for browsers and what draws SVG there, from npm, and a library
for that Python. It needs nothing but Python's own library, and does nothing when all is there.
``--ready`` only tells, by its exit status, whether all is there.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 -- a person may start this with any Python
    sys.exit("microsite vraagt Python 3.11 of nieuwer.")

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
UNFINISHED = VENV / ".unfinished"
FILES = {"runtime": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
NPM, STUDIO = ROOT / "tests" / "npm", ROOT / "studio"
WHEELS = STUDIO / "wheels"
BROWSER_PYTHON = ("--platform", "pyemscripten_2026_0_wasm32", "--python-version", "314", "--abi", "cp314")
"""The Python of the ``pyodide`` that studio/package.json names, as pip calls it."""
FOR_BROWSERS = ("msgspec",)
"""The packages of requirements.txt that the studio needs compiled for that Python."""
VERBOSE = os.environ.get("V") == "1"


class Stop(Exception):
    """The set-up cannot go on; the sentence says what a person has to do."""


# ── packages ──────────────────────────────────────────────────────────────────────────────────────────


def stamp(kind: str) -> Path:
    """The file that says that this very list is installed for this very Python."""
    seen = hashlib.sha256(FILES["runtime"].read_bytes())
    seen.update(FILES[kind].read_bytes())
    seen.update(f"{sys.version_info[:2]} {sysconfig.get_platform()}".encode())
    return VENV / f".{kind}-{seen.hexdigest()[:16]}"


def ready(kind: str) -> bool:
    return PYTHON.exists() and stamp(kind).exists() and not UNFINISHED.exists()


def install(kind: str) -> None:
    """Make .venv hold what ``kind`` asks for; one that is half made, or of another list, is made anew."""
    with alone():
        if works(kind):
            return
        began = time.monotonic()
        if not works("runtime"):
            venv()
        what = {"runtime": "wat microsite nodig heeft", "dev": "wat de tests nodig hebben"}[kind]
        say(f"Eenmalig inrichten: {what} komt in de map .venv (dat duurt ongeveer een halve minuut) …")
        UNFINISHED.touch()
        pip(FILES[kind])
        for old in VENV.glob(f".{kind}-*"):
            old.unlink()
        stamp("runtime").touch()
        stamp(kind).touch()
        UNFINISHED.unlink()
        say(f"Ingericht in {time.monotonic() - began:.0f} seconden.")


def works(kind: str) -> bool:
    """Ready, and its Python starts: that of the system may have gone since."""
    if not ready(kind):
        return False
    asked = [str(PYTHON), "-I", "-S", str(Path(__file__).resolve()), "--ready", kind]
    try:
        return subprocess.run(asked, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def venv() -> None:
    if VENV.is_symlink():  # emptying it would empty what others work with
        raise Stop("De map .venv is een verwijzing naar een andere map; werk de pakketten daar bij.")
    try:
        import ensurepip  # noqa: F401 -- Debian has it in a package of its own
    except ImportError:
        raise Stop(
            "Bij deze Python ontbreekt 'venv'. Installeer het eerst; op Debian en Ubuntu met: "
            "sudo apt-get install python3-venv"
        ) from None
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], "De map .venv kan niet worden gemaakt.")


def pip(listed: Path) -> None:
    """Exactly the listed files, checked by their hashes; none is compiled, so no compiler is needed."""
    command = [str(PYTHON), "-I", "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"]
    command += ["--disable-pip-version-check", "--no-input", "-r", str(listed)]
    run(command, "De pakketten konden niet worden opgehaald. Is er internet? Probeer het dan opnieuw.")


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Wait for another set-up of this same folder."""
    with FILES["runtime"].open("rb") as held:
        try:
            import fcntl  # not on Windows
        except ImportError:
            yield
            return
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Er wordt hier al ingericht; even wachten …")
            with contextlib.suppress(OSError):
                fcntl.flock(held, fcntl.LOCK_EX)
        yield


def npm(where: Path, purpose: str) -> None:
    """Put exactly the packages of the lock file in a folder, checked by their hashes; none runs a script."""
    lock, folder = where / "package-lock.json", where / "node_modules"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    with alone():
        done = folder / f".done-{wanted}"
        if done.exists():
            return
        say(f"Voor {purpose} haal ik pakketten van npm op (dat duurt ongeveer een minuut) …")
        command = [find("npm") or "npm", "ci", "--silent", "--prefix", str(where)]
        run(
            command,
            "De pakketten van npm konden niet worden opgehaald. Is er internet?",
        )
        done.touch()


def studio() -> None:
    """What the studio is made with; of the library for browsers exactly the version of requirements.txt."""
    if find("npm") is None:
        raise Stop(f"Voor de studio ontbreekt npm (Node 20 of nieuwer). Installeer het; {advice(['npm'])}")
    npm(STUDIO, "de studio")
    blocks = FILES["runtime"].read_text("utf-8").replace("\\\n", " ").splitlines()
    wanted = "\n".join(line for line in blocks if line.partition("==")[0] in FOR_BROWSERS)
    done = WHEELS / f".done-{hashlib.sha256(wanted.encode()).hexdigest()[:16]}"
    if done.exists():
        return
    shutil.rmtree(WHEELS, ignore_errors=True)
    WHEELS.mkdir()
    listed = WHEELS / "requirements.txt"
    listed.write_text(wanted, "utf-8")
    command = [str(PYTHON), "-I", "-m", "pip", "download", "--quiet", "--require-hashes", "--no-deps"]
    command += ["--only-binary", ":all:", "--implementation", "cp", *BROWSER_PYTHON, "-d", str(WHEELS)]
    command += ["--disable-pip-version-check", "--no-input", "-r", str(listed)]
    run(command, "De pakketten voor de studio konden niet worden opgehaald. Is er internet?")
    done.touch()


# ── programs ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Tool:
    """A program that tests drive: what it may be called, where else it may be, what Debian calls it.

    ``long``: only the long tests do.
    """

    names: tuple[str, ...]
    packages: tuple[str, ...]
    places: tuple[str, ...] = ()
    long: bool = False


TOOLS = {
    "chromium": Tool(
        ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
        ("chromium", "fonts-liberation"),
        (
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        ),
    ),
    "firefox": Tool(
        ("firefox-esr", "firefox"),
        ("firefox-esr",),
        ("/Applications/Firefox.app/Contents/MacOS/firefox",),
        long=True,
    ),
    "nginx": Tool(("nginx",), ("nginx-light",)),
    "apache2": Tool(("apache2", "httpd"), ("apache2-bin",)),
    "caddy": Tool(("caddy",), ("caddy",)),
    "strace": Tool(("strace",), ("strace",)),
    "git": Tool(("git",), ("git",)),
    "rsync": Tool(("rsync",), ("rsync",)),
    "npm": Tool(("npm",), ("npm",), long=True),
    "java": Tool(("javac",), ("default-jdk-headless",), long=True),
    "jaxb": Tool((), ("libjaxb-java",), ("/usr/share/java/jaxb-runtime.jar",), long=True),
    "libreoffice": Tool(
        ("soffice", "libreoffice"),
        ("libreoffice-writer-nogui", "libreoffice-impress-nogui"),
        ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
        long=True,
    ),
}
LIBRARIES = {"libatomic": ("libatomic.so.1", ("libatomic1",))}  # for the node that playwright brings
SYSTEM = ("/usr/sbin", "/usr/local/sbin", "/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")


def find(name: str) -> str | None:
    """Where a tool is on this machine, if it is."""
    tool = TOOLS[name]
    path = os.pathsep.join([os.environ.get("PATH", ""), *SYSTEM])
    found = (shutil.which(called, path=path) for called in tool.names)
    return next((each for each in (*found, *filter(os.path.isfile, tool.places)) if each), None)


def programs(long: bool) -> None:
    """See to it that every tool is there: as root on Debian by installing it, else by saying what to do."""
    missing = lacking(long)
    if not missing:
        return
    packages = [package for each in missing.values() for package in each]
    names = ", ".join(missing)
    if (lead := rights()) is not None:
        say(f"Voor de tests ontbreekt {names}; dat installeer ik (apt-get) …")
        apt(lead, packages)
        missing = lacking(long)
    if missing:
        raise Stop(f"Voor de tests ontbreekt {', '.join(missing)}. Installeer het eerst; {advice(packages)}")


def long_tools() -> None:
    programs(long=True)
    npm(NPM, "de lange tests")
    studio()


def lacking(long: bool) -> dict[str, tuple[str, ...]]:
    """What is not on this machine, with Debian's packages that bring it."""
    asked = {name: tool for name, tool in TOOLS.items() if long or not tool.long}
    tools = {name: tool.packages for name, tool in asked.items() if find(name) is None}
    if not sys.platform.startswith("linux"):
        return tools
    return tools | {name: packages for name, (file, packages) in LIBRARIES.items() if not loads(file)}


def loads(library: str) -> bool:
    import ctypes  # seldom needed

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def rights() -> list[str] | None:
    """What to put before a command of Debian's that changes the system; None when we may not."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)  # noqa: S607
    return ["sudo", "-n"] if asked.returncode == 0 else None


# The servers are for the tests only: policy-rc.d keeps Debian from starting them.
APT = """
set -eu
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\\nexit 101\\n' > "$policy"
    chmod 755 "$policy"
fi
apt-get -qq update
apt-get -qq -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install --no-install-recommends "$@"
"""


def apt(lead: Sequence[str], packages: Sequence[str]) -> None:
    command = [*lead, "sh", "-c", APT, "apt", *packages]
    run(command, f"Dat installeren lukte niet; {advice(packages)}")


def advice(packages: Sequence[str]) -> str:
    if sys.platform == "darwin":
        return "met Homebrew: brew install --cask chromium firefox libreoffice; brew install nginx httpd node"
    return f"op Debian en Ubuntu met: sudo apt-get install {' '.join(packages)}"


# ── doing and telling ─────────────────────────────────────────────────────────────────────────────────


def run(command: Sequence[str], otherwise: str) -> None:
    """Run quietly; when it fails, its last words and then ours."""
    env = {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
    output = None if VERBOSE else subprocess.PIPE
    done = subprocess.run(
        command, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode == 0:
        return
    words = (done.stdout or b"").decode(errors="replace").strip().splitlines()
    if words:
        print("\n".join(f"    {line}" for line in words[-8:]), file=sys.stderr)
    raise Stop(otherwise)


def say(sentence: str) -> None:
    print(sentence, flush=True)


def main(arguments: Sequence[str]) -> int:
    steps: dict[str, Callable[[], None]] = {
        "runtime": lambda: install("runtime"),
        "dev": lambda: install("dev"),
        "tools": lambda: programs(long=False),
        "studio": studio,
        "long-tools": long_tools,
    }
    if len(arguments) == 2 and arguments[0] == "--ready" and arguments[1] in FILES:
        return 0 if ready(arguments[1]) else 1
    if not arguments or not set(arguments) <= set(steps):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        for name in arguments:
            steps[name]()
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Gestopt; de volgende keer begint het inrichten opnieuw.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
