"""Series: what an organisation counts each quarter, from its own files to values that may be shown."""
