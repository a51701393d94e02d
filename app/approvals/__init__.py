"""Who has to agree before a draft leaves. Pure functions over the directory; imports `app.core` only."""
