"""Taking somebody's texts and pictures away, everywhere, at once: "haal mijn verhaal weg"."""
