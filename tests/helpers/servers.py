"""Real servers with sites of ours: nginx, Apache, Caddy, and one without any rules."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

from microsite.rendering.hosting import policy

BASES = ("/", "/a/b/campagne/", "/welzijn één (2)+!@=,~/campagne/")
TIMEOUT = 10.0
LOUD = b"dit is van een map hoger"

WORDPRESS = b"""
<IfModule mod_rewrite.c>
RewriteEngine On
RewriteOptions InheritDown
RewriteBase /
RewriteRule ^index\\.php$ - [L]
RewriteCond %{REQUEST_FILENAME} !-f
RewriteCond %{REQUEST_FILENAME} !-d
RewriteRule . /index.php [L]
RewriteRule \\.css$ /index.php [L]
</IfModule>
ErrorDocument 404 /index.php
<IfModule mod_mime.c>
AddType text/plain .html .svg
</IfModule>
Header set X-Frame-Options SAMEORIGIN
Header always set Referrer-Policy unsafe-url
Header set Content-Security-Policy "default-src *"
<FilesMatch "\\.(css|html|svg)$">
Header set Cache-Control "max-age=7"
Header set Content-Security-Policy "default-src *"
</FilesMatch>
"""

Fill = Callable[[Path], None]
"""Lays out the sites in a folder: ``alone`` is a site at the root of its host, ``shared`` is somebody
else's site with ours in folders of it, at the other ``BASES``."""


def write(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def __getitem__(self, name: str) -> str:
        """The value of a header that is given exactly once; "" when it is not given."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        assert len(values) < 2, f"{name} is given more than once: {values}"
        return values[0] if values else ""


@dataclass(frozen=True)
class Place:
    """A site on a running server."""

    port: int
    base: str

    def get(self, path: str = "", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", quote(self.base + path), headers=named)
            answer = connection.getresponse()
            return Answer(answer.status, tuple(answer.getheaders()), answer.read(1 << 20))
        finally:
            connection.close()


def program(name: str, package: str) -> str:
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"]))
    if found is None:
        pytest.fail(f"{name} is needed to test the rules that we give to it: apt-get install {package}")
    return found


def free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


@contextmanager
def folder_for_all() -> Iterator[Path]:
    """A folder that a server without rights can read too, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="microsite-servers-"))
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(command: Sequence[str], ports: Sequence[int], log: Path) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        try:
            for port in ports:
                wait_for(process, port, log)
            yield
        finally:
            process.terminate()
            try:
                process.wait(TIMEOUT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(TIMEOUT)


def wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + TIMEOUT
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), TIMEOUT).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    pytest.fail(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")


NGINX = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{ports[0]};
        root {folder}/alone;
        include "{folder}/alone/hosting/nginx.conf";
    }}
    server {{
        listen 127.0.0.1:{ports[1]};
        root {folder}/shared;
        index index.php;
        autoindex on;
        add_header X-Frame-Options SAMEORIGIN;
        {includes}
        location / {{ try_files $uri $uri/ /index.php; }}
        location ~ \\.css$ {{ expires 1d; }}
        location ~ \\.html$ {{ return 500; }}
    }}
}}
"""


@contextmanager
def nginx(fill: Fill) -> Iterator[tuple[int, int]]:
    command = program("nginx", "nginx-light")
    with folder_for_all() as folder:
        fill(folder)
        ports = free_ports(2)
        includes = "\n".join(
            f'include "{folder}/shared{base}hosting/nginx.conf";' for base in BASES if base != "/"
        )
        user = "user root;" if os.geteuid() == 0 else ""
        conf = folder / "nginx.conf"
        conf.write_text(NGINX.format(user=user, folder=folder, ports=ports, includes=includes), "utf-8")
        with running(
            [command, "-p", str(folder), "-c", str(conf), "-e", "stderr"], ports, folder / "log.txt"
        ):
            yield ports[0], ports[1]


APACHE = """
ServerName 127.0.0.1
ServerRoot {folder}
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
Mutex file:{folder} default
{user}
{modules}
StartServers 1
ServerLimit 2
ThreadsPerChild 8
MaxRequestWorkers 16
{listen}
<IfModule mod_mime.c>
    TypesConfig /dev/null
    AddLanguage br .br
    AddType application/x-gzip .gz
</IfModule>
<IfModule mod_deflate.c>
    AddOutputFilterByType DEFLATE text/html text/css text/javascript
</IfModule>
<IfModule mod_expires.c>
    ExpiresActive On
    ExpiresDefault "access plus 1 day"
</IfModule>
<Directory "{folder}">
    Options Indexes FollowSymLinks
    AllowOverride FileInfo
    Require all granted
</Directory>
<VirtualHost 127.0.0.1:{ports[0]}>
    DocumentRoot "{folder}/alone"
</VirtualHost>
<VirtualHost 127.0.0.1:{ports[1]}>
    DocumentRoot "{folder}/shared"
    <IfModule mod_dir.c>
        DirectoryIndex index.php
        <Directory "{folder}/shared">
            FallbackResource /index.php
        </Directory>
    </IfModule>
</VirtualHost>
"""
OURS = ("mime", "headers", "alias", "rewrite")
OTHERS = ("autoindex", "deflate", "dir", "expires", "filter", "negotiation", "setenvif")
MODULES = Path("/usr/lib/apache2/modules")


@contextmanager
def apache(fill: Fill, modules: Sequence[str] = (*OURS, *OTHERS)) -> Iterator[tuple[int, int]]:
    command = program("apache2", "apache2")
    with folder_for_all() as folder:
        fill(folder)
        if "headers" not in modules:  # the site around ours uses it without asking
            (folder / "shared" / ".htaccess").unlink()
        ports = free_ports(2)
        loaded = ("mpm_event", "authz_core", *modules)
        user = "User #65534\nGroup #65534" if os.geteuid() == 0 else ""
        text = APACHE.format(
            folder=folder,
            user=user,
            ports=ports,
            listen="\n".join(f"Listen 127.0.0.1:{port}" for port in ports),
            modules="\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in loaded),
        )
        conf = folder / "apache.conf"
        conf.write_text(text, "utf-8")
        with running([command, "-f", str(conf), "-DFOREGROUND"], ports, folder / "log.txt"):
            yield ports[0], ports[1]


CADDY = """
{{
    admin off
    auto_https off
    storage file_system "{folder}/caddy"
}}
http://127.0.0.1:{ports[0]} {{
    root * "{folder}/alone"
    import "{folder}/alone/hosting/Caddyfile"
}}
http://127.0.0.1:{ports[1]} {{
    root * "{folder}/shared"
    import "{folder}/shared{base}hosting/Caddyfile"
    handle {{
        header X-Frame-Options SAMEORIGIN
        try_files {{path}} /index.php
        file_server browse
    }}
}}
"""


@contextmanager
def caddy(fill: Fill) -> Iterator[tuple[int, int]]:
    """With the second of the ``BASES`` only: a block of Caddy uses the first of two ``handle_errors``."""
    command = program("caddy", "caddy")
    with folder_for_all() as folder:
        fill(folder)
        ports = free_ports(2)
        conf = folder / "caddy.conf"
        conf.write_text(CADDY.format(folder=folder, ports=ports, base=BASES[1]), "utf-8")
        homes = [f"XDG_{name}_HOME={folder}" for name in ("CONFIG", "DATA")]
        run = ["env", *homes, command, "run", "--adapter", "caddyfile", "--config", str(conf)]
        with running(run, ports, folder / "log.txt"):
            yield ports[0], ports[1]


@contextmanager
def python(fill: Fill) -> Iterator[tuple[int, int]]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *words: object) -> None:
            pass

    with folder_for_all() as folder, ExitStack() as stack:
        fill(folder)
        ports = []
        for name in ("alone", "shared"):
            handler = partial(Quiet, directory=str(folder / name))
            server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), handler))
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
            thread.start()
            stack.callback(thread.join, TIMEOUT)
            stack.callback(server.shutdown)
            ports.append(server.server_port)
        yield ports[0], ports[1]


def at(ports: tuple[int, int], base: str) -> Place:
    return Place(ports[0] if base == "/" else ports[1], base)


def check_headers(answer: Answer, csp: str = policy.HEADER_CSP) -> None:
    expected = dict(policy.HEADERS) | {"Content-Security-Policy": csp}
    assert {name: answer[name] for name in expected} == expected
