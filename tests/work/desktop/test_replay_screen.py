"""The replay in a window: every way along the match, from every seat, and the ways on from there."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pygame
import pytest

from communication import messages as m
from communication.parts import Clock
from games import GAMES
from games.game_info import digest
from tests.contract.playouts import VARIANTS, playout
from tests.kit import Player, wish
from tests.work.desktop.apps import PATIENCE, Opened, house
from tests.work.desktop.hands import click, move
from tests.work.test_replay import gomoku, played, written
from work.desktop import replay_balance, replays
from work.desktop.continue_sheet import ContinueSheet
from work.desktop.first_screen import FirstScreen
from work.desktop.lobby_screen import LobbyScreen
from work.desktop.panels import Label
from work.desktop.reading_sheet import ReadingSheet
from work.desktop.replay_lists import MomentRow
from work.desktop.replay_screen import ReplayScreen
from work.desktop.replay_timeline import CORNERS, ROUND, SIGNS
from work.desktop.table_screen import TableScreen
from work.replay import Replay

LEFT, RIGHT, UP, DOWN, HOME, END = (
    pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN, pygame.K_HOME, pygame.K_END,
)  # fmt: skip


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    with Opened(folder=tmp_path) as opened:
        yield opened


def looking(opened: Opened, replay: Replay | None = None) -> ReplayScreen:
    """The screen with a match: an open three at step 5, a four at 7, the end at 9."""
    opened.app.replays.show(replay or Replay(written(gomoku(), {4: 95.0}), GAMES))
    opened.step()
    screen = opened.app.screen
    assert isinstance(screen, ReplayScreen)
    return screen


def test_it_begins_at_the_end_and_says_how_it_ended(opened: Opened) -> None:
    screen = looking(opened)
    assert screen.n == 9
    assert screen.seats[0].facts.status == "won, five in a row, D8 to H8"
    assert screen.timeline.where.text == "step 9 of 9"
    assert screen.bar.time.text == "2 minutes"


def test_the_keys_go_along_the_match_and_stop_at_its_ends(opened: Opened) -> None:
    screen = looking(opened)
    seen = []
    for key in (RIGHT, LEFT, HOME, LEFT, RIGHT, DOWN, DOWN, DOWN, DOWN, UP, END):
        opened.press(key)
        seen.append(screen.n)
    assert seen == [9, 8, 0, 0, 1, 4, 5, 7, 9, 7, 9]


def test_what_is_shown_is_the_position_of_that_step(opened: Opened) -> None:
    screen = looking(opened)
    for n in (9, 0, 4, 5, 3, 8):
        screen.go(n)
        assert digest(screen.match.info) == digest(screen.replay.at(n).info)
        assert screen.stage.scene == screen.replay.scene(screen.match, None)
        marked = [row.shown for row in screen.steps.rows if row.shown >= 0]
        assert marked == ([n] if n else [])


def test_space_plays_from_the_beginning_and_stops_at_the_end(opened: Opened) -> None:
    screen = looking(opened)
    opened.press(pygame.K_SPACE)
    assert screen.n == 0
    now, seen = 1000.0, [0]
    for _ in range(200):
        now += 0.1
        screen.tick(now)
        if screen.n != seen[-1]:
            seen.append(screen.n)
    assert seen == list(range(10))
    assert screen.timeline.play.icon == "play"


def test_it_plays_as_fast_as_one_wants_and_a_key_stops_it(opened: Opened) -> None:
    screen = looking(opened)
    screen.go(0)
    screen.timeline.fast.press()
    assert screen.timeline.fast.label == "2 ×"
    screen.play()
    for k in range(20):
        screen.tick(1000 + 0.1 * k)
    assert screen.n == 3
    opened.press(LEFT)
    for k in range(50):
        screen.tick(1002 + 0.1 * k)
    assert screen.n == 2


def test_a_click_on_a_step_a_moment_or_the_line_goes_there(opened: Opened) -> None:
    screen = looking(opened)
    row = next(row for row in screen.steps.rows if row.steps[0].n == 3)
    click(screen, row._cells()[1].center)
    assert screen.n == 4
    moment = next(row for row in screen.moments.list.children if isinstance(row, MomentRow))
    click(screen, moment.rect.center)
    assert screen.n == moment.moment.n
    track = screen.timeline.track
    click(screen, (track.place(6), track.rect.centery))
    assert screen.n == 6


def test_from_a_seat_one_sees_what_it_saw_and_with_all_open_everything(opened: Opened) -> None:
    match = playout(next(one for one in VARIANTS if one.game.name == "battleship"), 1).match
    screen = looking(opened, Replay(written(match), GAMES))
    screen.go(14)

    def ships() -> list[str]:
        assert screen.stage.scene is not None
        return sorted(item.id for item in screen.stage.scene.items if item.id.startswith("ship"))

    everything = ships()
    assert len(everything) == 10
    for seat in (0, 1):
        screen.seen_from.choose(seat)
        assert ships() == [ship for ship in everything if ship.startswith(f"ship{seat}")]


def test_the_rows_show_the_time_of_every_step(opened: Opened) -> None:
    record = written(gomoku(), {1: 12.0, 2: 30.0})
    screen = looking(opened, Replay(record, GAMES))
    screen.go(2)
    assert [(row.time, row.used) for row in screen.seats] == [("12 s", "used"), ("30 s", "used")]
    assert "30 s used, breaks included" in screen.seats[1].hint()
    clock = msgspec.structs.replace(record.about, clock=Clock(main=60, more=5))
    screen = looking(opened, Replay(msgspec.structs.replace(record, about=clock), GAMES))
    screen.go(2)
    assert [(row.time, row.used) for row in screen.seats] == [("0:53", ""), ("0:35", "")]
    assert screen.bar.subtitle.text.endswith("1 min + 5 s")


def test_without_times_the_rows_show_none(opened: Opened) -> None:
    record = written(gomoku())
    steps = [msgspec.structs.replace(step, at=0.0) for step in record.steps]
    screen = looking(opened, Replay(msgspec.structs.replace(record, steps=steps), GAMES))
    screen.go(3)
    assert [row.time for row in screen.seats] == ["", ""]


def test_the_bar_says_who_stands_better_and_who_has_won(opened: Opened) -> None:
    screen = looking(opened)
    assert (screen.balance.balance, screen.balance.hint()) == (1.0, "Anna won")
    screen.go(7)
    assert screen.balance.balance == screen.replay.balance(screen.match) > 0.5
    assert screen.balance.hint() == "Anna stands better, by the rows of five that are still open."
    screen.go(0)
    assert screen.balance.hint() == "Nobody stands better, by the rows of five that are still open."
    assert screen.balance.rect.right < screen.stage.frame.x
    assert (screen.balance.rect.y, screen.balance.rect.h) == (screen.stage.frame.y, screen.stage.frame.h)


def test_the_curve_grows_bit_by_bit_and_then_the_window_rests(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay_balance, "AT_ONCE", 0.0)
    screen = looking(opened)
    track = screen.timeline.track
    assert len(track._curve.known) < 9
    for _ in range(12):
        opened.step()
    assert track._curve.known == list(screen.replay.balances())
    assert not track.tick(0.0)


def test_a_game_that_cannot_tell_has_no_bar_and_the_whole_room(opened: Opened) -> None:
    match = playout(next(one for one in VARIANTS if one.game.name == "tic_tac_toe"), 1).match
    screen = looking(opened, Replay(written(match), GAMES))
    assert not screen.balance.visible
    assert screen.stage.rect.x == 0
    assert not screen.timeline.track.tick(0.0)


def test_the_seats_to_look_from_have_their_marks(opened: Opened) -> None:
    assert looking(opened).seen_from.marks == {0: 1, 1: 2}


def test_where_seats_need_a_second_row_their_marks_stand_alone(tmp_path: Path) -> None:
    with Opened(folder=tmp_path, size=(800, 600)) as opened:
        screen = looking(opened)
        low, wide = screen.eyes.rect.h, screen.seen_from.parts()[1].w
        assert screen.seen_from.hint() == ""
        about = msgspec.structs.replace(screen.replay.about, names=("Alexandra", "Bartholomew"))
        screen = looking(opened, Replay(msgspec.structs.replace(screen.replay.written, about=about), GAMES))
        assert screen.seen_from.hint() == "Alexandra, Bartholomew"
        assert screen.eyes.rect.h == low
        assert screen.seen_from.parts()[1].w < wide
        click(screen, screen.seen_from.parts()[2].center)
        assert screen.seat == 1


def test_what_was_captured_takes_no_more_than_the_room_there_is(opened: Opened) -> None:
    match = playout(next(one for one in VARIANTS if one.game.name == "chess"), 3).match
    screen = looking(opened, Replay(written(match), GAMES))
    row = max(screen.seats, key=lambda row: len(row.beside))
    assert len(row.beside) > 8
    picture = pygame.Surface(screen.rect.size)
    lefts = [row._beside(picture, 500, 20, room) for room in (400, 150, 20)]
    assert 100 <= lefts[0] < lefts[1] < 500
    assert lefts[1] >= 500 - 150 - row.look.px(8)
    assert lefts[2] == 500


def test_a_small_window_says_the_step_too(tmp_path: Path) -> None:
    with Opened(folder=tmp_path, size=(800, 600)) as opened:
        screen = looking(opened)
        screen.go(4)
        row, pictures = screen.seats[1], []
        assert row.facts.status == "this step: C15 · 1:35"
        for status in (row.facts.status, ""):
            row.facts = replace(row.facts, status=status)
            picture = pygame.Surface(screen.rect.size)
            row.draw(picture)
            pictures.append(pygame.image.tobytes(picture, "RGB"))
        assert pictures[0] != pictures[1]


def test_buttons_that_have_no_room_for_their_pictures_go_without(tmp_path: Path) -> None:
    for size, icons in (((800, 600), ("", "")), ((1280, 800), ("play", "dice"))):
        with house() as (_server, url), Opened(url, folder=tmp_path, size=size) as opened:
            result = finished(opened, Player("Mei").connect(url)).result
            opened.step()
            assert (result.look_back.icon, result.other.icon) == icons
            for button in (result.look_back, result.other):
                assert button.size()[0] <= button.rect.w


@pytest.mark.parametrize("size", [(800, 600), (1280, 800)])
def test_an_open_hand_lies_clear_of_its_plate(tmp_path: Path, size: tuple[int, int]) -> None:
    match = playout(next(one for one in VARIANTS if one.game.name == "dou_dizhu"), 1).match
    with Opened(folder=tmp_path, size=size) as opened:
        screen = looking(opened, Replay(written(match), GAMES))
        screen.go(match.n // 2)
        scene, plate = screen.stage.scene, screen.seats[0].rect
        assert scene is not None
        hand = [item for item in scene.items if item.kind == "card" and item.at[1] > 7]
        assert hand
        lowest = max(screen.stage.pixel((item.at[0], item.at[1] + item.size[1] / 2))[1] for item in hand)
        assert lowest <= plate.y + screen.look.px(2)


def test_three_seats_keep_their_names_in_a_large_window_and_the_end_has_no_number(opened: Opened) -> None:
    match = playout(next(one for one in VARIANTS if one.game.name == "dou_dizhu"), 1).match
    screen = looking(opened, Replay(written(match), GAMES))
    assert screen.seen_from.hint() == ""
    names = [screen.look.fonts.width(words, "caption") for _seat, words in screen.seen_from.options]
    assert all(part.w > name for part, name in zip(screen.seen_from.parts(), names, strict=True))
    given_up = played("gomoku", (7, 7), (0, 0))
    given_up.forfeit(0, "Anna resigned")
    rows = looking(opened, Replay(written(given_up), GAMES)).steps.rows
    assert [(row.number, [line.said for line in row.steps]) for row in rows] == [
        (1, ["H8", "A15"]),
        (0, ["Anna resigned"]),
    ]


def test_high_numbers_of_steps_are_whole(opened: Opened) -> None:
    match = playout(next(one for one in VARIANTS if one.game.name == "battleship"), 1).match
    screen = looking(opened, Replay(written(match), GAMES))
    row = screen.steps.rows[-1]
    assert row.number >= 100
    assert row._left() - row.look.px(8) - row.look.fonts.width(str(row.number), "list") >= row.rect.x


def test_each_kind_of_moment_has_a_sign_of_its_own_form_or_colour(opened: Opened) -> None:
    assert {form for form, _colour, _words in SIGNS.values()} <= {*ROUND, *CORNERS}
    assert len({sign[:2] for sign in SIGNS.values()}) == len(SIGNS) - 2  # check: a strong one; first: an own one
    forms = {SIGNS[kind][0] for kind in ("own", "again", "strong", "taken", "chance", "undo", "thought", "end")}
    assert len(forms) == 8


@pytest.mark.parametrize(("size", "visible"), [((800, 600), True), ((1280, 800), True)])
def test_the_speed_has_its_word_where_there_is_room(tmp_path: Path, size: tuple[int, int], visible: bool) -> None:
    with Opened(folder=tmp_path, size=size) as opened:
        timeline = looking(opened).timeline
        assert timeline.speed_word.visible == visible
        assert timeline.last.rect.right < timeline.speed_word.rect.x < timeline.fast.rect.x
        timeline.rect = pygame.Rect(0, 0, 360, 100)
        timeline.arrange()
        assert not timeline.speed_word.visible


@pytest.mark.parametrize("seat", [None, 1])
def test_a_narrow_window_has_the_tall_table_and_a_broad_one_the_other(tmp_path: Path, seat: int | None) -> None:
    match = playout(next(one for one in VARIANTS if one.game.name == "dou_dizhu"), 1).match
    with Opened(folder=tmp_path, size=(860, 900)) as opened:
        screen = looking(opened, Replay(written(match), GAMES))
        screen.seen_from.choose(seat)
        opened.step()
        tall = match.game.tall_scene(screen.replay.shown(screen.match.info, seat), seat)
        assert screen.stage.scene == tall != screen.replay.scene(screen.match, seat)
        screen.rect = pygame.Rect(0, 0, 1280, 800)
        screen.layout((1280, 800))
        assert screen.stage.scene == screen.replay.scene(screen.match, seat)


def test_what_is_seen_from_another_seat_does_not_glide_there(opened: Opened) -> None:
    opened.app.settings.motion = "full"
    opened.app.restyle()
    match = playout(next(one for one in VARIANTS if one.game.name == "dou_dizhu"), 1).match
    screen = looking(opened, Replay(written(match), GAMES))
    screen.go(1)
    screen.stage.stop_gliding()
    screen.seen_from.choose(1)
    opened.step()
    assert screen.seat == 1
    assert not screen.stage.gliding
    screen.go(2)
    screen.go(match.n - 1)
    assert screen.stage.gliding


def test_everything_says_on_hover_which_key_does_it(opened: Opened) -> None:
    screen = looking(opened)
    timeline = screen.timeline
    tips = [widget.hint() for widget in (timeline.first, timeline.back, timeline.next, timeline.last, timeline.play)]
    for tip, key in zip(tips, ("Home", "left arrow", "right arrow", "End", "space bar"), strict=True):
        assert key in tip or "This is the" in tip
    assert "up and down" in timeline.track.hint()
    assert "up and down" in screen.moments.title.hint()


def test_a_sign_on_the_line_says_on_hover_what_it_marks(opened: Opened) -> None:
    screen = looking(opened)
    track = screen.timeline.track
    for n, said in ((7, "7  G8: an open four!"), (5, "5  F8: an open three"), (1, track.tip)):
        move(screen, (track.place(n), track.rect.centery))
        assert track.hint() == said


def test_after_a_click_on_a_seat_the_arrow_keys_go_along_the_match(opened: Opened) -> None:
    screen = looking(opened)
    click(screen, screen.seen_from.parts()[1].center)
    assert screen.seat == 0
    opened.press(LEFT)
    assert (screen.seat, screen.n) == (0, 8)
    screen.focus_on(screen.seen_from, by_keyboard=True)
    opened.press(RIGHT)
    assert (screen.seat, screen.n) == (1, 8)


@pytest.mark.parametrize("size", [(800, 600), (1280, 800), (2560, 1440)])
@pytest.mark.parametrize("seats", [2, 6])
def test_nothing_lies_over_anything_else_at_any_size(tmp_path: Path, size: tuple[int, int], seats: int) -> None:
    name = "gomoku" if seats == 2 else "liars_dice"
    match = playout(next(one for one in VARIANTS if one.game.name == name and one.seats == seats), 1).match
    with Opened(folder=tmp_path, size=size) as opened:
        screen = looking(opened, Replay(written(match), GAMES))
        beside = [screen.eyes, screen.moments, screen.steps, screen.on, screen.copy, screen.save, screen.timeline]
        beside += [row for row in screen.seats if not screen.many]
        shown = [widget for widget in beside if widget.visible]
        for widget in shown:
            assert screen.rect.contains(widget.rect), widget
            assert widget.rect.w > 0, widget
            assert widget.rect.h > 0, widget
        for k, one in enumerate(shown):
            assert not any(one.rect.colliderect(other.rect) for other in shown[k + 1 :])
        assert not screen.timeline.rect.colliderect(screen.stage.frame)


def test_a_match_is_copied_as_text(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr(pygame.scrap, "put_text", copied.append)
    screen = looking(opened)
    screen.copy.press()
    assert copied == [screen.replay.text()]


def test_a_match_is_saved_and_opened_again_where_there_is_no_host(opened: Opened, tmp_path: Path) -> None:
    screen = looking(opened)
    screen.save.press()
    (path,) = (tmp_path / "matches").iterdir()
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[0])["match"]["names"] == ["Anna", "Mei"]
    opened.press(pygame.K_ESCAPE)
    opened.screen(FirstScreen)
    pygame.event.post(pygame.event.Event(pygame.DROPFILE, file=str(path)))
    again = opened.screen(ReplayScreen)
    assert again.replay.last == 9
    again.go(3)
    assert "from a file" in again.on.off


def test_where_nothing_is_kept_nothing_is_saved_and_a_file_that_is_no_match_is_said(tmp_path: Path) -> None:
    with Opened() as opened:
        screen = looking(opened)
        screen.save.press()
        assert "keeps nothing" in " ".join(screen._toast._lines)
        opened.press(pygame.K_ESCAPE)
        path = tmp_path / "letter.jsonl"
        path.write_text("Dear Mei")
        opened.app.replays.open(path)
        opened.until(lambda: "is not a match" in " ".join(opened.first()._toast._lines))


class Slow:
    """Reads a match when it may; until then it is at it, on whatever thread asks."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.may = threading.Event()
        self.threads: list[threading.Thread] = []
        monkeypatch.setattr(replays, "opened", self)

    def __call__(self, path: Path, shelf: object) -> Replay:
        self.threads.append(threading.current_thread())
        assert self.may.wait(PATIENCE)
        return Replay(written(gomoku()), GAMES)


def test_a_long_match_is_read_while_the_window_goes_on_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(monkeypatch)
    with Opened() as opened:
        first = opened.first()
        opened.app.replays.open(Path("huge.jsonl"))
        assert first.over is None  # most are there before one could read that
        sheet = opened.until(lambda: first.over)
        assert isinstance(sheet, ReadingSheet)
        assert any("huge.jsonl is being read" in row.text for row in sheet.rows if isinstance(row, Label))
        assert slow.threads[0] is not threading.current_thread()
        slow.may.set()
        assert opened.screen(ReplayScreen).replay.last == 9
        assert first.over is None


def test_a_match_that_is_being_read_can_be_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(monkeypatch)
    with Opened() as opened:
        first = opened.first()
        opened.app.replays.open(Path("huge.jsonl"))
        opened.until(lambda: first.over)
        opened.press(pygame.K_ESCAPE)
        assert first.over is None
        slow.may.set()
        slow.threads[0].join(PATIENCE)
        opened.step()
        assert opened.app.screen is first


def test_who_has_gone_elsewhere_is_not_fetched_back_by_a_match_that_was_being_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow = Slow(monkeypatch)
    with house() as (_server, url), Opened() as opened:
        opened.app.replays.open(Path("huge.jsonl"))
        opened.app.join(url)
        lobby = opened.lobby()
        slow.may.set()
        slow.threads[0].join(PATIENCE)
        opened.step()
        assert opened.app.screen is lobby


def test_of_two_matches_that_are_being_read_the_newer_one_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(monkeypatch)
    with Opened() as opened:
        first = opened.first()
        opened.app.replays.open(Path("huge.jsonl"))
        opened.until(lambda: first.over)
        opened.app.replays.open(Path("letter.jsonl"))
        assert first.over is None
        opened.until(lambda: first.over)
        slow.may.set()
        screen = opened.screen(ReplayScreen)
        for thread in slow.threads:
            thread.join(PATIENCE)
        opened.step()
        assert opened.app.screen is screen


# With a host


def finished(opened: Opened, mei: Player) -> TableScreen:
    """A short match of the person at the window against Mei, which Mei has given up."""
    opened.lobby()
    opened.app.request(wish(m.Open, "gomoku"))
    screen = opened.table()
    mei.asks(m.Join(room=screen.table.code))
    opened.until(lambda: screen.table.my_turn)
    screen._move((7, 7))
    opened.until(lambda: mei.table().my_turn)
    mei.until(lambda: mei.table().my_turn)
    mei.do(lambda: mei.step(mei.table(), (0, 0)))
    opened.until(lambda: screen.table.n == 2)
    mei.asks(m.Resign(room=screen.table.code))
    opened.until(lambda: screen.table.outcome)
    return screen


def test_from_the_result_to_the_replay_and_back(tmp_path: Path) -> None:
    with house() as (_server, url), Opened(url, folder=tmp_path) as opened:
        table = finished(opened, Player("Mei").connect(url))
        assert table.result.look_back.visible
        table.result.look_back.press()
        screen = opened.screen(ReplayScreen)
        assert (screen.replay.names, screen.replay.last) == (("Anna", "Mei"), 3)
        assert screen.bar.back.label == "Table"
        opened.press(pygame.K_ESCAPE)
        assert opened.table().table is table.table


def test_a_table_goes_on_from_the_step_that_is_shown(tmp_path: Path) -> None:
    with house() as (_server, url), Opened(url, folder=tmp_path) as opened:
        finished(opened, Player("Mei").connect(url)).result.look_back.press()
        screen = opened.screen(ReplayScreen)
        assert "is over" in screen.on.off
        screen.go(1)
        assert not screen.on.off
        screen.on.press()
        sheet = screen.over
        assert isinstance(sheet, ContinueSheet)
        assert sheet.seat == 0  # where Anna sat
        sheet._sit(1)
        sheet._open(bots=1)
        table = opened.table()
        opened.until(lambda: table.table.info)
        assert table.table.seat == 1
        assert table.table.lines[0].words == "H8"
        opened.until(lambda: table.table.my_turn)


def test_what_goes_on_at_the_table_meanwhile_does_not_take_one_away_but_a_new_match_does(tmp_path: Path) -> None:
    with house() as (server, url), Opened(url, folder=tmp_path) as opened:
        mei = Player("Mei").connect(url)
        table = finished(opened, mei)
        (room,) = server.hall.rooms.values()
        table.result.look_back.press()
        screen = opened.screen(ReplayScreen)
        Player("Lukas").connect(url).asks(m.Join(room=room.code, watch=True))
        opened.until(lambda: table.table.about.watchers)
        assert opened.app.screen is screen
        opened.app.request(m.Again(room=room.code))
        opened.until(lambda: 0 in room.again)
        assert opened.app.screen is screen
        mei.asks(m.Again(room=room.code))
        again = opened.table()
        opened.until(lambda: again.table.round == 2)


def test_without_the_table_the_way_back_leads_to_the_lobby(tmp_path: Path) -> None:
    with house() as (_server, url), Opened(url, folder=tmp_path) as opened:
        table = finished(opened, Player("Mei").connect(url))
        table.result.look_back.press()
        opened.screen(ReplayScreen)
        opened.app.request(m.Leave(room=table.table.code))
        opened.until(lambda: opened.app.player is not None and not opened.app.player.tables)
        assert isinstance(opened.app.screen, ReplayScreen)
        opened.press(pygame.K_ESCAPE)
        opened.screen(LobbyScreen)


def test_the_result_tells_the_score_of_the_two_and_of_the_evening(tmp_path: Path) -> None:
    with house() as (_server, url), Opened(url, folder=tmp_path) as opened:
        table = finished(opened, Player("Mei").connect(url))
        opened.until(lambda: table.result.card.score is not None)
        assert table.result.card.score == (1, 0)
        opened.until(lambda: table.result.evening.visible)
        assert list(table.result.evening.rows.of) == ["Anna"]
        assert table.result.evening.rows.of["Anna"].facts.gained
        assert [facts.winner for facts in table.result.card.facts] == [True, False]


def test_a_small_window_has_no_room_for_the_score_of_the_evening(tmp_path: Path) -> None:
    with house() as (_server, url), Opened(url, folder=tmp_path, size=(800, 600)) as opened:
        table = finished(opened, Player("Mei").connect(url))
        opened.until(lambda: table.result.evening.rows.of)
        opened.step()
        assert not table.result.evening.visible
