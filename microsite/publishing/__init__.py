"""Making what changed and replacing the published site at once."""
