"""The words on every kind of button can be read in every state and theme."""

import pytest

from work.desktop.buttons import KINDS, ButtonKind, fills
from work.desktop.colour import contrast
from work.desktop.theme import Theme


@pytest.mark.parametrize("theme", [Theme("light"), Theme("dark")], ids=lambda theme: str(theme.name))
@pytest.mark.parametrize("kind", KINDS)
def test_words_on_buttons_can_be_read(theme: Theme, kind: ButtonKind) -> None:
    ink = theme.colour(KINDS[kind].text)
    for fill in fills(theme, kind):
        grounds = [fill] if fill else ["bg", "surface"]
        for ground in grounds:
            assert contrast(ink, theme.colour(ground)) >= 4.5, (fill, ground)
