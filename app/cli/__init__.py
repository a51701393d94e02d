"""The command line. Every command calls the services; none touches a table or a provider."""
