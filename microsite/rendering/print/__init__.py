"""Material to print and to post: posters, cards and share pictures, set with Typst."""
