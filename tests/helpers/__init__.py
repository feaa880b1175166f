"""What tests share: small campaigns, a browser, faults of the disk."""
