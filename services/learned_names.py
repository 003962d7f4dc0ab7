"""Names learnt once for all files of a town; see :mod:`data.learned_names`."""

from data.learned_names import LearnedName, forget_name, learn_names, read_names

__all__ = ["LearnedName", "forget_name", "learn_names", "read_names"]
