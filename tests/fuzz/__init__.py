"""Coverage-guided fuzzing of the readers: inputs are bred until one is neither read nor refused.

An input is one byte that chooses the options of a recipe (``inputs.OPTIONS``) and then the bytes
of the file. What was found once stays in ``seeds/<reader>/<hash>``; ``make test`` replays it.
"""
