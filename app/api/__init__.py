"""The REST API under /api. Every route calls the services; none touches a table or a provider."""
