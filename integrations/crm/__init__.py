"""Sources of deals, accounts and contacts."""
