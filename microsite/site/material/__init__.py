"""Material: what is made of a site besides its pages, and of whom."""
