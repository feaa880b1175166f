"""microsite: the static site generator behind the campaign "Sociaal werkt!"."""

__version__ = "0.1.0"
