"""Who somebody is, proved anew: authenticator apps for what is risky, one-time codes for deciding from a phone."""
