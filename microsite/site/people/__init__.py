"""Who may be shown on a site: consents, withdrawals, and what is left of who withdrew."""
