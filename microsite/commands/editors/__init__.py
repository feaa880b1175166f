"""What other editors than a plain one are told of the files: JSON Schema, VS Code, and a CMS."""
