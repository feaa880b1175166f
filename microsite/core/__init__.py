"""What every other package stands on: records, problems, settings, cache and workers. Knows no campaign."""
