"""The search after a withdrawal: what is there is found in each encoding, and honest files are left alone."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import quopri
import unicodedata
import zipfile
import zlib
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest

from helpers.sites import jpeg
from helpers.traces import noise
from microsite.content.files import in_memory
from microsite.content.overrides import MarkdownFile
from microsite.withdraw.needles import Needles, collect
from microsite.withdraw.search import search

NAME = "Zoë van Wezel"
SENTENCE = "Ik telde de druppels tot de emmers vol waren"
FACE = noise()
TEXT = f"---\ntitle: Nat\nperson: {{name: {NAME}}}\nconsent: {{ref: C-1, status: valid}}\n---\n{SENTENCE}.\n"
ADDRESS = "verhalen/zoe-van-wezel.html"


def needles(*others: bytes) -> Needles:
    layer = in_memory("", "", {f"{i}.md": data for i, data in enumerate(others)})
    return collect([MarkdownFile("a.md", "a.md", "", TEXT.encode())], "C-1", [FACE], layer.sources, ())


def zipped(data: bytes, name: str = "a.html") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return stream.getvalue()


def entities(text: str, form: str) -> bytes:
    return "".join(f"&#{form}{ord(c):{form or 'd'}};" for c in text).encode()


WRITTEN = {
    "utf-8": NAME.encode(),
    "capitals": NAME.upper().encode(),
    "genitive": f"{NAME}s verhaal".encode(),
    "without accents": b"Zoe van Wezel",
    "over two lines": NAME.replace(" W", "\n  W").encode(),
    "with a tag in it": NAME.replace("Wezel", "<em>Wezel</em>").encode(),
    "in a file of the cache": b"\x92\xd9Q" + NAME.encode() + b"2\xa3abc\xff",
    "in an attribute": f'<img alt="{NAME}">'.encode(),
    "nfd": unicodedata.normalize("NFD", NAME).encode(),
    "latin-1": NAME.encode("latin-1"),
    "utf-16-le": NAME.encode("utf-16-le"),
    "utf-16-be, odd": b"\1" + NAME.encode("utf-16-be"),
    "decimal entities": entities(NAME, ""),
    "hexadecimal entities": entities(NAME, "x"),
    "named entities": NAME.replace("ë", "&euml;").replace(" ", "&nbsp;").encode(),
    "percent": quote(NAME).encode(),
    "percent, latin-1": quote(NAME, encoding="latin-1").encode(),
    "json": json.dumps(NAME).encode(),
    "json, all escaped": "".join(f"\\u{ord(c):04x}" for c in NAME).encode(),
    "javascript": NAME.replace("ë", "\\xeb").encode(),
    "quoted-printable": quopri.encodestring(f"{'x' * 66} {NAME}".encode()),
    **{f"base64, {n}": base64.b64encode(b"x" * n + NAME.encode() + b"yz") for n in range(3)},
    "base64, for addresses": base64.urlsafe_b64encode(NAME.encode()),
    "hexadecimal": NAME.encode().hex().encode(),
    "gzip": gzip.compress(NAME.encode()),
    "deflate": zlib.compress(NAME.encode()),
    "zip": zipped(NAME.encode()),
    "zip in zip": zipped(zipped(NAME.encode())),
    "a name in a zip": zipped(b"", "zoe-van-wezel.jpg"),
    "pdf": b"%PDF-1.7\nstream\n" + zlib.compress(f"<dc:title>{NAME}".encode()) + b"\nendstream",
    "words": b"<p>Ik telde <b>de</b> druppels tot&nbsp;de emmers vol waren",
    "words in entities": html.escape(SENTENCE).replace("e", "&#101;").encode(),
    "picture": FACE,
    "cut picture": FACE[300:],
    "picture in a page": b'<img src="data:image/jpeg;base64,' + base64.b64encode(FACE) + b'">',
    "picture, wrapped": b"PHOTO;ENCODING=base64:" + base64.encodebytes(FACE),
    "picture in a zip": zipped(FACE, "a.jpg"),
}


@pytest.mark.parametrize("way", WRITTEN)
def test_it_is_found(tmp_path: Path, way: str) -> None:
    file = tmp_path / "a.bin"
    file.write_bytes(WRITTEN[way])
    found = search([tmp_path], needles(), [])
    assert {trace.file for trace in found.traces} == {file}


def test_brotli_and_a_file_that_has_the_name(tmp_path: Path) -> None:
    (tmp_path / "a.html.br").write_bytes(brotli.compress(NAME.encode()))
    (tmp_path / "zoe-van-wezel-1a2b.avif").write_bytes(b"avif")
    found = search([tmp_path], needles(), [])
    assert {trace.file.name for trace in found.traces} == {"a.html.br", "zoe-van-wezel-1a2b.avif"}


def test_honest_files_are_left_alone(tmp_path: Path) -> None:
    for i, honest in enumerate(
        (
            "Zoë en haar buren wonen aan de Wezelstraat.",
            "De heer Van Wezel las voor.",
            "Zij telde de emmers tot er geen druppels meer vielen.",
            "<p>Zoë</p><p>van de overkant van Wezelrode</p>",
        )
    ):
        (tmp_path / f"{i}.html").write_text(honest, "utf-8")
    (tmp_path / "other.jpg").write_bytes(jpeg("navy", (640, 400)))
    assert search([tmp_path], needles(), []).traces == ()


def test_an_even_colour_is_no_trace_of_a_picture(tmp_path: Path) -> None:
    even = jpeg("olive", (640, 400))
    known = collect([], "C-1", [even], [], ())
    (tmp_path / "other.jpg").write_bytes(jpeg("olive", (1280, 800)))
    assert search([tmp_path], known, []).traces == ()
    (tmp_path / "same.jpg").write_bytes(even)
    assert [trace.file.name for trace in search([tmp_path], known, []).traces] == ["same.jpg"]


def test_an_address_may_stand_there_and_is_counted(tmp_path: Path) -> None:
    (tmp_path / ".htaccess").write_text('RewriteRule "^verhalen/zoe-van-wezel\\.html$" "-" [G]', "utf-8")
    (tmp_path / "nginx.conf").write_text(f'location = "/{ADDRESS}" {{ return 410; }}', "utf-8")
    found = search([tmp_path], needles(), [ADDRESS])
    assert (found.traces, found.addresses) == ((), 2)
    (tmp_path / "index.html").write_text(f'<a href="{ADDRESS}">Zoë van Wezel</a>', "utf-8")
    assert [trace.file.name for trace in search([tmp_path], needles(), [ADDRESS]).traces] == ["index.html"]


def test_drawings_by_one_hand_have_shapes_in_common(tmp_path: Path) -> None:
    shapes = b"".join(b'<path d="M%d %d L%d 9"/>' % (i, 3 * i % 17, 7 * i % 23) for i in range(90))
    known = collect([], "C-1", [b"<svg>" + shapes + b"<g/></svg>"], [], ())
    (tmp_path / "other.svg").write_bytes(b"<svg>" + shapes + b"<a/></svg>")
    assert search([tmp_path], known, []).traces == ()


def test_what_others_have_too_proves_nothing() -> None:
    found = needles(f"{NAME} is ook een ander.".encode(), SENTENCE.encode())
    assert (found.names, found.phrases) == ((), ())
    assert found.common == ((NAME, "/0.md"),)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.mkdir()
    (tmp_path / "b.html").symlink_to(file)
    assert search([tmp_path], needles(), []).traces == ()
