"""From a permit to a sent mail: facts read again, bytes saved, sent once, confirmed."""
