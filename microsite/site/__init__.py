"""One brand's site: who is shown, where links lead, and the plan of its files."""
