from base64 import b64decode

from tests.desk.conftest import Notebook

DRAW = """
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
fig, ax = plt.subplots()
ax.plot([1, 2])
"""


def test_a_plot_comes_with_a_sentence_on_what_to_see(notebook: Notebook) -> None:
    ran = notebook.run(DRAW + "show(fig, alt='Plays rise in March.')")
    assert ran.text == "[plot]\nPlays rise in March."
    assert b64decode(ran.outputs[0].data["image/png"]).startswith(b"\x89PNG")


def test_a_long_description_breaks_between_words(notebook: Notebook) -> None:
    words = "Plays rise in March, fall in April, " * 8
    said = notebook.run(DRAW + f"show(fig, alt={words!r})").outputs[-1].data["text/plain"]
    assert max(map(len, said.splitlines())) <= 100
    assert said.split() == words.split()


def test_the_same_plot_gives_the_same_bytes(notebook: Notebook) -> None:
    pictures = {notebook.run(DRAW + "show(ax, alt='x')").outputs[0].data["image/png"] for _ in "ab"}
    assert len(pictures) == 1


def test_a_plot_without_words_or_words_without_a_plot_are_one_line(notebook: Notebook) -> None:
    assert "A plot needs a sentence" in notebook.run(DRAW + "show(fig)").text
    assert "this is a list" in notebook.run("show([1], alt='x')").text
