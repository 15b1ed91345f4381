"""The day by keys: the check list before its close, reports of the past, figures, what is behind them, and back."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from boss_tui.answers.business import PaperView
from boss_tui.desk.day_check import ToDo
from boss_tui.start.app import BossApp
from data.errors import NotAllowed
from data.message import say
from screens.compared_figures import ComparedScreen, sparkline
from screens.counting import CloseShiftScreen, CountSafeScreen
from screens.day import DayCheckScreen
from screens.day_figures import BehindScreen, DayFiguresScreen
from screens.orders import OrderScreen, OrdersScreen
from screens.past_reports import PastScreen
from screens.period_figures import PeriodScreen, span_typed
from screens.queues import QueuesScreen
from screens.reports import ReportScreen
from tests.driver import Keys
from tests.screens.fake_day import DAY
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import play


def supervisor() -> FakeDesk:
    desk = FakeDesk()
    desk._state = replace(desk._state, grade="supervisor")
    return desk


def to_do(kind: str, key: str = "", *, stops: bool = False) -> ToDo:
    told = say("Since {since}: count it", since="x")
    return ToDo(kind, key, say("Orders"), told, 1, stops)


def test_the_close_waits_for_what_stops_it_alone() -> None:
    desk = supervisor()
    desk.to_do = [to_do("shift", "HZ0102", stops=True), to_do("queues")]

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n5")
        assert isinstance(app.screen, DayCheckScreen)
        await keys.press("f10")
        assert isinstance(app.screen, DayCheckScreen)  # asked nothing, closed nothing
        desk.to_do = [to_do("queues")]
        await keys.press("f5")
        await keys.type("\n")  # the first line: close now
        await keys.press("y")
        assert isinstance(app.screen, ReportScreen)

    play(desk, story)
    assert desk.calls.count("close_day") == 1


@pytest.mark.parametrize(
    ("kind", "key", "screen"),
    [("queues", "prints", QueuesScreen), ("safe", "", CountSafeScreen), ("shift", "1002", CloseShiftScreen)],
)
def test_each_line_is_one_key_away_from_being_done(kind: str, key: str, screen: type) -> None:
    desk = supervisor()

    async def story(app: BossApp, keys: Keys) -> None:
        desk.to_do = [to_do(kind, key, stops=True)]
        await keys.type("till\n5\n")
        assert isinstance(app.screen, screen)
        await keys.press("f3")
        if isinstance(app.screen, screen):  # a form that was begun asks
            await keys.press("y")
        assert isinstance(app.screen, DayCheckScreen)

    play(desk, story)


def test_a_z_of_the_past_is_found_and_printed() -> None:
    desk = supervisor()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n")
        await _to(app, keys, "past")
        assert isinstance(app.screen, PastScreen)
        await keys.type("20261122 HZ0102\n")
        assert isinstance(app.screen, ReportScreen)
        await keys.press("f4")
        await keys.press("f3")
        assert isinstance(app.screen, PastScreen)

    play(desk, story)
    assert ("report", "z", "HZ0102/9") in desk.looked
    assert ("print", "z", "HZ0102/9") in desk.looked


@pytest.mark.parametrize(
    ("typed", "dates"),
    [
        ("", ["2026-11-23", "2026-11-22"]),
        ("0102", ["2026-11-22"]),
        ("1001", ["2026-11-23", "2026-11-22"]),
    ],
)
def test_each_date_is_said_once_whatever_is_sought(typed: str, dates: list[str]) -> None:
    desk = supervisor()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n")
        await _to(app, keys, "past")
        await keys.type(typed)
        text = [line for line in keys.text().splitlines()[5:] if "2026-" in line]
        assert [line.split("2026-")[1][:5] for line in text] == [date[5:] for date in dates]

    play(desk, story)


async def _to(app: BossApp, keys: Keys, value: str) -> None:
    """Open a line of the till's list."""
    listing = app.screen.listing  # type: ignore[attr-defined]
    place = next(n for n, line in enumerate(listing.items) if line.value == value)
    await keys.press("home", *["down"] * place, "enter")


def test_from_a_figure_to_its_order_and_back() -> None:
    desk = supervisor()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n4")
        await keys.press("enter")
        assert isinstance(app.screen, DayFiguresScreen)
        await keys.press("down", "enter")  # the first row is marked, not the heading above it
        assert isinstance(app.screen, BehindScreen)
        await keys.press("enter")
        assert isinstance(app.screen, OrderScreen)
        await keys.press("f3", "down", "enter")
        assert isinstance(app.screen, ReportScreen)
        await keys.press("f3", "f3")
        assert isinstance(app.screen, DayFiguresScreen)
        await keys.press("f9")
        assert isinstance(app.screen, ComparedScreen)
        assert "▁█▄" in app.screen.trend.rows(80)[0][1][0]

    play(desk, story)
    assert ("behind", desk._state.business_date, "business", "C2") in desk.looked


def test_figures_of_a_period_by_what_is_chosen() -> None:
    desk = supervisor()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n")
        await _to(app, keys, "figures")
        assert isinstance(app.screen, PeriodScreen)
        await keys.press("f9")
        await keys.type("2026-11\n")
        await keys.press("f4", "down", "enter")
        await keys.press("f9")
        await keys.type("soon\n")
        assert isinstance(app.screen, PeriodScreen)

    play(desk, story)
    assert [asked for asked in desk.looked if asked[0] == "period"] == [
        ("period", "", "", "day"),
        ("period", "2026-11-01", "2026-11-31", "day"),
        ("period", "2026-11-01", "2026-11-31", "business"),
    ]


def test_figures_are_put_in_order_and_gone_behind() -> None:
    """F7: the largest first; Enter: the orders behind a row, in all the days."""
    desk = supervisor()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n")
        await _to(app, keys, "figures")
        await keys.press("f4", "down", "enter")
        await keys.press("f7", "down", "enter")
        await keys.press("down", "enter")
        assert isinstance(app.screen, BehindScreen)
        await keys.press("f3", "f10")
        await keys.press("enter", "enter")

    play(desk, story)
    assert [asked for asked in desk.looked if asked[0] == "period"][-1] == ("period", "", "", "business", "amount")
    assert ("behind", "", "business", DAY) in desk.looked
    assert [asked for asked in desk.looked if asked[0] == "export"][-1][-1] == "amount"


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("", ("", "")),
        ("2026-11", ("2026-11-01", "2026-11-31")),
        ("202611", ("2026-11-01", "2026-11-31")),
        ("2026-11-23", ("2026-11-23", "2026-11-23")),
        ("20261101 20261123", ("2026-11-01", "2026-11-23")),
        ("2026-11-23 2026-11-23", ("2026-11-23", "2026-11-23")),
    ],
)
def test_a_period_as_it_is_typed(typed: str, span: tuple[str, str]) -> None:
    assert span_typed(typed) == span


@pytest.mark.parametrize("typed", ["2026-13", "soon", "2026-11-23 2026-11-22", "2026-11-01 2026-11-02 2026-11-03"])
def test_a_period_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(NotAllowed):
        span_typed(typed)


@pytest.mark.parametrize(
    ("amounts", "bars"),
    [([], ""), ([0, 0], "▁▁"), ([8, 4, 1], "█▅▂"), ([7, -3], "█▁"), ([100, 87, 12, 13], "█▇▁▂")],
)
def test_bars(amounts: list[int], bars: str) -> None:
    assert sparkline(amounts) == bars


def test_a_report_goes_into_a_file_and_a_name_that_is_taken_is_asked_for_again() -> None:
    desk = supervisor()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n")
        await _to(app, keys, "past")
        await keys.type("20261122 HZ0102\n")
        await keys.press("f10", "enter")  # PDF stands first
        assert "Into which folder, or which file?" in keys.text()
        await keys.type("/taken\n")
        assert "/taken is there already: choose another name." in keys.text()
        await keys.type("/mine\n")
        assert "z.pdf is written, in /mine" in keys.text()
        await keys.press("f10")
        await keys.type("csv\n")
        await keys.press("escape")
        assert isinstance(app.screen, ReportScreen)

    play(desk, story)
    assert [asked[3:] for asked in desk.looked if asked[0] == "export"] == [("pdf", "/taken"), ("pdf", "/mine")]


def test_figures_go_into_a_file_as_they_are_shown() -> None:
    desk = supervisor()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n4")
        await keys.press("enter", "f10")
        await keys.type("xlsx\n\n")
        assert "day.xlsx is written, in /home/boss/reports" in keys.text()
        await keys.press("f3", "f3")
        await _to(app, keys, "figures")
        await keys.press("f4", "down", "enter", "f10")
        await keys.type("csv\n\n")
        assert "figures.csv" in keys.text()

    play(desk, story)
    assert [asked[1:] for asked in desk.looked if asked[0] == "export"] == [
        ("day", desk._state.business_date, "xlsx", "/home/boss/reports"),
        ("", "", "business", "csv", "/home/boss/reports"),
    ]


@pytest.mark.parametrize(("typed", "date"), [("tue", ""), ("sun", "2026-11-22"), ("mon", "2026-11-23")])
def test_a_day_is_found_by_its_weekday(typed: str, date: str) -> None:
    desk = supervisor()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n")
        await _to(app, keys, "past")
        await keys.type(f"{typed}\n")

    play(desk, story)
    assert [key for _, kind, key in (asked for asked in desk.looked if asked[0] == "report") if kind == "day"] == (
        [date] if date else []
    )


def test_the_mark_stays_at_what_comes_next_and_never_on_a_heading() -> None:
    desk = supervisor()

    async def story(app: BossApp, keys: Keys) -> None:
        desk.to_do = [to_do("queues", "prints"), to_do("orders", "orders"), to_do("queues", "dead")]
        await keys.type("till\n5")
        await keys.press("down", "down", "enter")
        assert isinstance(app.screen, OrdersScreen)
        del desk.to_do[1]
        await keys.press("f3", "enter")
        assert isinstance(app.screen, QueuesScreen), "the next one is marked"
        await keys.press("f3", "f3")
        await _to(app, keys, "past")
        await keys.press("up", "home", "enter")
        assert isinstance(app.screen, ReportScreen), "the heading above the first line can't be marked"

    play(desk, story)


def test_what_wants_a_word_is_closed_with_one() -> None:
    desk = supervisor()
    desk.to_do = [replace(to_do("queues", "unknown"), wants_word=True), to_do("forms", "held")]
    words: list[str] = []

    def close_day(word: str = "") -> PaperView:
        words.append(word)
        return desk.reports.shown("day")

    desk.day.close = close_day  # type: ignore[method-assign]

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("till\n5")
        await keys.press("f10", "escape")
        assert words == []
        await keys.press("f10", "enter")
        assert "A word is needed here: it is kept." in keys.text()
        await keys.type("Wang looks tomorrow\n")
        await keys.press("n")
        assert isinstance(app.screen, DayCheckScreen)
        await keys.press("f10")
        await keys.type("Wang looks tomorrow\n")
        await keys.press("y")
        assert isinstance(app.screen, ReportScreen)

    play(desk, story)
    assert words == ["Wang looks tomorrow"]


@pytest.mark.parametrize(
    ("typed", "screen"),
    [("日结", DayCheckScreen), ("rj", DayCheckScreen), ("报表", PastScreen), ("reports", PastScreen)],
)
def test_the_close_and_the_past_are_a_word_away_from_anywhere(typed: str, screen: type) -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type(f"{typed}\n")
        assert isinstance(app.screen, screen)

    play(supervisor(), story)


def test_a_clerk_sees_the_check_list_and_does_not_close_the_day() -> None:
    desk = FakeDesk()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("日结\n")
        await keys.press("f10")
        assert isinstance(app.screen, DayCheckScreen)
        assert "A supervisor opens and closes the business day." in keys.text()

    play(desk, story)
    assert "close_day" not in desk.calls


def test_what_is_found_by_words_is_found_in_the_language_of_the_moment() -> None:
    desk = supervisor()

    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("reports\nsun")
        assert "2026-11-22 Sun" in keys.text()
        await keys.press("escape", "ctrl+t")
        await keys.type("周日")
        assert "2026-11-22 周日" in keys.text()

    play(desk, story)
