"""QR codes: the address of a page for a telephone's camera."""

from __future__ import annotations

import io


def qr_code(address: str, colour: str) -> bytes:
    """A QR code as SVG, without its quiet edge: up to 15 % of it may be dirty or torn."""
    import segno  # imported here: it imports urllib.request, and few builds set sheets

    stream = io.BytesIO()
    code = segno.make_qr(address, error="m", boost_error=False)
    code.save(stream, kind="svg", border=0, dark=colour, light=None, xmldecl=False, omitsize=True, nl=False)
    return stream.getvalue()
