"""The Data page: its problems, its choices and their link, and its three parts."""
