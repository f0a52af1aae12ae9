"""What a person would call the things on a screen."""

from work.desktop.textfield import TextField
from work.desktop.widgets import Widget


def words_of(widget: Widget) -> set[str]:
    """The words by which a person would name a widget."""
    game = getattr(widget, "game", None)
    hints = {widget.placeholder} if isinstance(widget, TextField) else set()
    return {getattr(widget, "label", ""), widget.tip, getattr(game, "title", "")} | hints
