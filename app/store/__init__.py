"""Where everything rests: tables, migrations and repositories, on SQLite and on PostgreSQL."""
