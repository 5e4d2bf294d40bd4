"""The sheets of the Step by step page, and what they are written with."""
