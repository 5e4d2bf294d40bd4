"""Parts of the Data page with a subject of their own, beside its models: one file each, and their choices."""
