"""microsite: a static site generator for a campaign and the organisations that take part."""

__version__ = "0.1.0"
