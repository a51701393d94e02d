"""What comes back: replies, bounces and automatic replies, told apart, taken in once, and put to our sent mail."""
