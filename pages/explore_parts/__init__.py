"""What Explore shows of a race."""
