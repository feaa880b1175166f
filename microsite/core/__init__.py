"""The base of all other packages: records, problems, settings, cache and workers. Knows no campaign."""
