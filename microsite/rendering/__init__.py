"""Templates, values and recipes: how the bytes of a file are made."""
