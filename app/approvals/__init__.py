"""Who has to agree before a draft leaves: requests, seats, words, timers, and what people do around them."""
