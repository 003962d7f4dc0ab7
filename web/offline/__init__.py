"""The current public release as a folder of files that a browser opens from disk.

Nothing is drawn anew: what the public application answers is recorded, and small scripts give the
recorded answers back in its place (``scripts``). Whatever the public never sees is therefore in
no file.
"""
