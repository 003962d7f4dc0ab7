"""Makes the files of others that lie in the repository."""
