"""Images: bytes in, facts and safe bytes out."""
