"""What Lessons is made of."""
