"""What authors write: files, front matter, facts, consent and documents."""
