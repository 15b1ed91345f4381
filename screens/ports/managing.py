"""Management at the office: what the screens need of the desk for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from data.message import Message

if TYPE_CHECKING:
    from boss_tui.components.resources.number_life import LifeLine
    from boss_tui.desk.editing import EditionView, FirstLook
    from boss_tui.desk.list_files import TakenList
    from boss_tui.desk.managed import DraftedRows, EntityView, RowView
    from boss_tui.desk.managed import ListPage as ListShown
    from boss_tui.desk.trying import Begun, Ending
    from boss_tui.editions.differences import Difference
    from boss_tui.editions.opposite import LeftOut
    from boss_tui.editions.standing import MovedField
    from boss_tui.forms.fields import Choice
    from boss_tui.management.kit.acts import OfficeAct, OnwardAct
    from boss_tui.management.kit.entity import Entity, Key
    from boss_tui.management.kit.files import Format
    from boss_tui.management.kit.listing import Count, Page
    from boss_tui.management.kit.past import PastChange
    from boss_tui.management.kit.stock import AnyJudged
    from boss_tui.management.kit.stored import Place
    from boss_tui.management.kit.subject import Fact, RuleRun
    from boss_tui.management.m03_2.list_files import ReadList
    from boss_tui.management.words import FieldInWords, InWords
    from data.tables.edition import Edition
    from data.tables.job import Job


class ManagingPort(Protocol):
    """What managers keep: lists, rows into drafts, history."""

    def entities(self) -> Sequence[EntityView]:
        """What there is to manage."""
        ...

    def entity(self, name: str) -> Entity:
        """Its columns and form."""
        ...

    def page(
        self,
        name: str,
        typed: str = "",
        *,
        sort: str = "",
        as_of: str = "",
        after: Place | None = None,
        before: Place | None = None,
        last: bool = False,
        size: int = 50,
    ) -> ListShown:
        """A page of a list."""
        ...

    def count(self, name: str, typed: str = "", as_of: str = "", shown: Page | None = None) -> tuple[Count, Count]:
        """How many rows fit, and how many there are."""
        ...

    def row(self, name: str, key: Key, edition: str = "") -> RowView:
        """A row, before and after the open draft."""
        ...

    def blank(self, name: str) -> Mapping[str, str]:
        """What stands in the form of a new row."""
        ...

    def cell_words(self, name: str, column: str) -> Mapping[str, Mapping[str, Message]]:
        """What codes in the rows of a column are called."""
        ...

    def copied(self, name: str, key: Key) -> Mapping[str, str]:
        """What stands in the form of a copy."""
        ...

    def meant(self, name: str, typed: Mapping[str, str]) -> Mapping[str, Message]:
        """What the codes in a form mean, by field."""
        ...

    def choices(self, name: str, column: str, text: str = "") -> Sequence[Choice]:
        """What may stand in a column."""
        ...

    def reaches(self, scope: str) -> Message:
        """Whom an edition reaches."""
        ...

    def scopes(self) -> Sequence[Choice]:
        """Whom an edition may reach."""
        ...

    def later_day(self, typed: str) -> str:
        """From which business date it may count."""
        ...

    def history(self, name: str, key: Key) -> Sequence[tuple[PastChange, tuple[FieldInWords, ...]]]:
        """Every change of a row."""
        ...

    def difference(self, name: str, first: str, last: str = "") -> Sequence[tuple[Difference, InWords]]:
        """What differs between two dates."""
        ...

    def draft(self, name: str) -> Edition | None:
        """The open draft with rows of its subject."""
        ...

    def drafts(self) -> Sequence[Edition]:
        """All open drafts of whoever works here."""
        ...

    def at_hand(self, name: str) -> Edition | None:
        """The open draft with rows of its subject, else the one begun last."""
        ...

    def unnamed(self, name: str, typed: Mapping[str, str]) -> Mapping[str, Message]:
        """What of a row as it is typed names nothing."""
        ...

    def add(
        self, name: str, typed: Mapping[str, Any], edition: str = "", copy_of: Key | None = None, /, **said: str
    ) -> DraftedRows:
        """A new row into a draft; of a copy, with what belongs to it."""
        ...

    def change(
        self, name: str, wanted: Sequence[Key], typed: Mapping[str, Any], edition: str = "", **said: str
    ) -> DraftedRows:
        """Rows changed, in a draft."""
        ...

    def end(self, name: str, wanted: Sequence[Key], edition: str = "", **said: str) -> DraftedRows:
        """Rows that end, in a draft."""
        ...


class TryingPort(Protocol):
    """What would come of what managers keep."""

    def preview(
        self,
        name: str,
        key: Key | None,
        typed: Mapping[str, str],
        edition: str | None = "",
        copy_of: Key | None = None,
    ) -> Sequence[Fact]:
        """What would come of a row as it is typed."""
        ...

    def choices(self, code: str, field: str, text: str = "") -> Sequence[Choice]:
        """What may stand in a field of it."""
        ...

    def begun(self, which: str, position: int | None = None, code: str = "") -> Begun:
        """The try-out of what an edition changes, as it is begun."""
        ...

    def opened(self, name: str, key: Key | None = None) -> Begun:
        """A subject's try-out as it is begun at a list."""
        ...

    def editions(self) -> Sequence[Choice]:
        """The editions that may be tried."""
        ...

    def against(
        self, name: str, key: Key | None, typed: Mapping[str, str], edition: str | None = ""
    ) -> Mapping[str, Message]:
        """What would refuse a row as it is typed."""
        ...

    def against_ending(self, name: str, wanted: Sequence[Key], edition: str | None = "") -> Sequence[Message]:
        """What would refuse it that rows end."""
        ...

    def ending(self, name: str, wanted: Sequence[Key]) -> Ending:
        """What is to be known before rows end."""
        ...

    def rows_named(self, name: str, wanted: Sequence[Key]) -> Message:
        """How many rows are meant, and the first of them by name."""
        ...

    def try_out(self, code: str, typed: Mapping[str, Any], on: str = "", edition: str = "") -> Sequence[Fact]:
        """What would come of it."""
        ...


class RowFilesPort(Protocol):
    """What managers keep, as files."""

    def export(
        self, name: str, form: Format, typed: str = "", sort: str = "", as_of: str = "", where: str = ""
    ) -> Job | str:
        """What a list shows, into a file: its path, or the job."""
        ...

    def preview(self, name: str, path: Path, effective_from: str = "") -> AnyJudged:
        """A file, read."""
        ...

    def judge(self, judged: AnyJudged) -> bool:
        """Judge the next rows of it; whether there are more."""
        ...

    def seen_before(self, judged: AnyJudged) -> Message | None:
        """Whether it was imported before."""
        ...

    def bad_rows(self, judged: AnyJudged, where: str = "") -> str:
        """The bad rows into a file; its path."""
        ...

    def begin_import(
        self, name: str, judged: AnyJudged, path: Path, *, good_rows: bool = False, again: bool = False, **said: str
    ) -> Job:
        """Make it a job."""
        ...

    def run_of(self, name: str) -> RuleRun | None:
        """The run of its rules, if it has such."""
        ...

    def begin_run(self, name: str, **said: str) -> Job:
        """A run of its rules becomes a job."""
        ...

    def told(self, job: Job) -> Sequence[Message]:
        """What came of a job so far."""
        ...

    def jobs(self) -> Sequence[Job]:
        """The jobs of this store."""
        ...

    def step(self, job_id: str) -> Job:
        """The next step of one."""
        ...

    def go_on(self, job_id: str) -> Job:
        """Go on with one that rests."""
        ...

    def stop(self, job_id: str) -> Job:
        """Let one rest."""
        ...


class ActingPort(Protocol):
    """What is done at the office to rows that no edition changes."""

    def acts(self, name: str) -> Sequence[OfficeAct]:
        """What can be done at a list."""
        ...

    def begun(self, name: str, which: str, key: Key | None = None, narrowed: str = "") -> Mapping[str, str]:
        """What stands in an act's form at first."""
        ...

    def choices(self, name: str, which: str, field: str, text: str = "") -> Sequence[Choice]:
        """What may stand in a field of an act's form."""
        ...

    def life(self, name: str, key: Key) -> Sequence[LifeLine]:
        """What became of a piece of stock."""
        ...

    def ahead(self, name: str, which: str, typed: Mapping[str, Any]) -> Sequence[Fact]:
        """What would come of it."""
        ...

    def do(
        self, name: str, which: str, typed: Mapping[str, Any], approver: str = "", password: str = ""
    ) -> Sequence[Fact]:
        """Do it; what came of it."""
        ...

    def then(self, name: str, which: str, typed: Mapping[str, Any]) -> OnwardAct | None:
        """What goes on with what it made; None: nothing does."""
        ...


class ListFilesPort(Protocol):
    """Red and black lists of people, as files."""

    def is_one(self, name: str, path: Path) -> bool:
        """Whether a file is such a list, and they are kept here."""
        ...

    def read(self, path: Path) -> ReadList:
        """A file against the list as it stands."""
        ...

    def rejected(self, found: ReadList, where: str = "") -> str:
        """The lines that can't be into a file; its path."""
        ...

    def take(self, path: Path, **said: str) -> Sequence[Edition]:
        """All of it into editions."""
        ...

    def taken(self) -> Sequence[TakenList]:
        """The files that were taken, the last first."""
        ...


class EditionsPort(Protocol):
    """Editions: found, shown, decided."""

    def listed(self, state: str = "", subject: str = "", most: int = 200) -> Sequence[Edition]:
        """Editions, the latest first."""
        ...

    def businesses(self, found: Sequence[Edition]) -> Mapping[str, Sequence[str]]:
        """Through which businesses the rows of each were put in."""
        ...

    def people(self, numbers: Sequence[str]) -> Mapping[str, str]:
        """Who staff numbers are, by number and name."""
        ...

    def waiting(self) -> Sequence[Edition]:
        """What waits for whoever works here to decide."""
        ...

    def first_look(self) -> FirstLook:
        """What a manager sees first."""
        ...

    def reviews(self) -> Sequence[Edition]:
        """Emergencies that nobody has reviewed."""
        ...

    def show(self, which: str) -> EditionView:
        """One, with all that is to be known."""
        ...

    def drop(self, which: str, position: int) -> None:
        """Take a line out of a draft."""
        ...

    def describe(self, which: str, **said: str) -> Edition:
        """Say something else of a draft."""
        ...

    def rebase(self, which: str, theirs: Sequence[tuple[int, str]] = ()) -> Sequence[MovedField]:
        """Base a draft on what stands now."""
        ...

    def submit(self, which: str) -> Edition:
        """Hand a draft over to be decided."""
        ...

    def approve(self, which: str, seen: str = "") -> Edition:
        """Approve what another person submitted."""
        ...

    def reject(self, which: str, why: str) -> Edition:
        """Send it back."""
        ...

    def withdraw(self, which: str, why: str = "") -> Edition:
        """Take one back before it counts."""
        ...

    def let_count_at_once(self, which: str) -> Edition:
        """An emergency."""
        ...

    def review(self, which: str, words: str) -> Edition:
        """Say what an emergency was."""
        ...

    def roll_back(self, which: str, reason: str, effective_from: str = "") -> tuple[Edition, Sequence[LeftOut]]:
        """A draft with the opposite."""
        ...
