"""The worksheets on pages: a worked example for who has no scripts, and what the script needs."""
