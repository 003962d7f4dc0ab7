"""Names learnt by several people at once: none is lost."""

import threading

from data.learned_names import LearnedName, forget_name, learn_names, read_names


def test_names_learnt_at_the_same_time_are_all_kept(tmp_path):
    names = [LearnedName("viertel", f"Name {n}", f"{n:02}") for n in range(12)]
    threads = [threading.Thread(target=learn_names, args=(tmp_path, [one])) for one in names]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert set(read_names(tmp_path)) == set(names)
    assert forget_name(tmp_path, "viertel", "Name 3")
    assert not forget_name(tmp_path, "viertel", "Name 3")
    assert len(read_names(tmp_path)) == 11
