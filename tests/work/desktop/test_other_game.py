"""Another game at the same table, at the window: tiles, form, offer and answer; and a seat that a watcher takes."""

from communication import messages as m
from tests.kit import Player, wanted, wish
from tests.work.desktop import hands
from tests.work.desktop.apps import alone
from tests.work.desktop.test_table_offers import answer, begun
from tests.work.desktop.test_table_screen import button, party
from work.desktop.lobby_tiles import GamesSheet, Tile
from work.desktop.other_game import OtherGame
from work.desktop.table_screen import TableScreen

__all__ = ["alone"]


def gomoku(there_code: str) -> m.Offer:
    return m.Offer(room=there_code, what="game", game=wanted("gomoku", options={"size": 19}))


def tiles(sheet: object) -> dict[str, Tile]:
    assert isinstance(sheet, GamesSheet)
    return {tile.game.name: tile for tile in sheet.rows[1].children[0].children if isinstance(tile, Tile)}  # type: ignore[attr-defined]


def test_a_game_is_chosen_proposed_and_played_at_the_same_table() -> None:
    with party() as there:
        screen, mei = begun(there, "gomoku")
        mei.asks(m.Resign(room=screen.table.code))
        there.until(lambda: screen.result.other.visible)
        there.anna.step()
        hands.click(screen, screen.result.other)
        assert "tic_tac_toe" in tiles(screen.over)
        screen.acts.choose_how(tiles(screen.over)["liars_dice"].game)
        form = screen.over
        assert isinstance(form, OtherGame)
        assert (form.seats, form.ask.label) == (2, "Propose Liar's dice")
        form.ask.press()
        assert screen.over is None
        there.until(lambda: screen.notice and screen.notice.title == "You propose Liar's dice")
        assert screen.result.other.off
        answer(there, mei, True)
        there.until(lambda: there.anna.app.screen is not screen)
        anew = there.anna.app.screen
        assert isinstance(anew, TableScreen)
        assert (anew.table.game.name, anew.table.code) == ("liars_dice", screen.table.code)
        there.until(lambda: anew.table.info)


def test_the_others_see_who_and_what_and_press_a_verb() -> None:
    with party() as there:
        screen, mei = begun(there, "gomoku")
        mei.asks(m.Resign(room=screen.table.code))
        there.until(lambda: screen.table.outcome)
        assert mei.asks(gomoku(screen.table.code)) is None
        there.until(lambda: screen.notice and screen.notice.title == "Mei proposes Gomoku")
        assert screen.notice is not None
        assert screen.notice.text == "19 x 19"
        there.anna.step()
        hands.click(screen, button(screen, "Play Gomoku"))
        there.until(lambda: there.anna.app.screen is not screen)
        assert there.anna.table().table.about.options["size"] == 19


def test_a_watcher_sits_down_on_a_seat_that_is_free() -> None:
    with party() as there:
        there.friends = [Player("Mei").connect(there.url)]
        (mei,) = there.friends
        mei.asks(wish(m.Open, "gomoku"))
        there.anna.app.request(m.Join(room=mei.table().code, watch=True))
        screen = there.anna.table()
        assert screen.notice is not None
        assert screen.notice.text == "A seat is free."
        there.anna.step()
        hands.click(screen, button(screen, "Sit down"))
        there.until(lambda: screen.table.seat == 1)
        there.until(lambda: screen.table.info)
