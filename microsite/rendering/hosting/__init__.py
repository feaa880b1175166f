"""Rules for web servers and hosts."""
