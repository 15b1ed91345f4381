"""A partner's list as a file 黑红名单文件: whole or nothing, one after the other, into editions (catalogue M3.2).

Its first line says what it is, the second names the columns, then a line for each person; UTF-8 or GB 18030:

    #LIST,IN001,black,delta,7,2,9f86d081…
    op,document_kind,document_number,name,reason,basis,valid_from,valid_to
    add,00,330106…,张三,异网欠费,信息共享协议,2026-11-01,2027-10-31
    end,00,330106…,,,,,

The head: source (own, or a partner's code), list (black, red), kind (full: who is not in it is no more on the list;
delta: who comes and who goes), sequence, how many people, SHA-256 of all bytes behind the head's line. A file follows
the one before it by its sequence; a full one may leave some out. In a full one there is no `op`, or each is add.
What is wrong is said line by line, and nothing of such a file is taken. Source: management-facts 12 (a list is taken
whole or not at all).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct, field

from boss_tui.components.base import Context
from boss_tui.editions import drafts
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.rehearsal import MOST_LINES
from boss_tui.editions.subjects import Rules
from boss_tui.locale import Words
from boss_tui.management.kit.files import FileRow, csv_bytes, parsed
from boss_tui.management.kit.importing import titles
from boss_tui.management.m03_2.checks import OWN, number_fault
from boss_tui.management.m03_2.classes import LISTED, ListedForm
from boss_tui.management.words import value_said
from data.characters import is_digits
from data.choices import choice_name
from data.clock import new_key
from data.errors import BadForm, NotAllowed, Outside, reason_of
from data.message import Message, say
from data.statements import table_name
from data.store import Reading
from data.tables.customer import DocumentKind, ListedPerson, ListFile
from data.tables.edition import Edition
from data.tables.service import Partner

MARK = "#LIST"
HEAD = ("source", "list", "kind", "sequence", "count", "sha256")
LISTS, FILE_KINDS = ("black", "red"), ("full", "delta")
COLUMNS = ("op", "document_kind", "document_number", "name", "reason", "basis", "valid_from", "valid_to")
NEEDED = COLUMNS[1:3]
SAID = COLUMNS[3:]
ADD, END = "add", "end"
_BOM = b"\xef\xbb\xbf"
GIVEN_UP = ("withdrawn", "rejected")
"""The states of an edition whose file counts as not taken."""


class Head(Struct, frozen=True):
    """What a file says it is."""

    source: str
    list: str
    kind: str
    sequence: int
    count: int
    digest: str


class Reject(Struct, frozen=True):
    """A line that can't be, and why. `line`: of the file, 1 being its head's; `cells`: as they were read."""

    line: int
    cells: tuple[str, ...]
    column: str
    why: Message


class ReadList(Struct):
    """A file, read: what it is (`says`: in words), what it changes of the list, how many are as they stand, what can't
    be."""

    name: str
    says: Message
    head: Head
    columns: Sequence[str]
    edits: list[RowEdit] = field(default_factory=list)
    same: int = 0
    rejects: list[Reject] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many come on the list, change, leave it, are as they stand, can't be."""
        ops = [edit.op for edit in self.edits]
        return {
            "new": ops.count("add"),
            "changed": ops.count("change"),
            "ended": ops.count("end"),
            "same": self.same,
            "bad": len({reject.line for reject in self.rejects}),
        }


def is_one(path: Path) -> bool:
    """Whether a file says that it is a list. Outside: it can't be read."""
    with _reading(path), path.open("rb") as file:
        return file.read(16).removeprefix(_BOM).startswith(MARK.encode())


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise Outside(say("{file} can't be read: {fault}", file=str(path), fault=reason_of(fault))) from fault


def read(reading: Reading, path: Path, day: str) -> ReadList:
    """A file against the list as it stands. Outside: it can't be read. BadForm (`file`): it is no such file, it is not
    whole, or another one comes first."""
    with _reading(path):
        content = path.read_bytes()
    first, _, body = content.removeprefix(_BOM).partition(b"\n")
    head = _head(path.name, first)
    _must_be_whole(reading, head, body)
    source = parsed(path.name, body)
    columns = tuple(cell.strip().casefold() for cell in source.heading)
    _must_have(columns)
    if len(source.records) != head.count:
        raise _bad(
            say("The head says {said} {said:person|people}, there are {n}.", said=head.count, n=len(source.records))
        )
    found = ReadList(path.name, called(reading, head), head, columns)
    _judge(reading, found, source.records, day)
    return found


def _head(name: str, line: bytes) -> Head:
    cells = [cell.strip() for cell in line.decode("utf-8", "replace").strip().split(",")]
    if cells[0] != MARK or len(cells) != len(HEAD) + 1:
        told = say("{file} is no list: its first line is {mark},{head}.", file=name, mark=MARK, head=",".join(HEAD))
        raise _bad(told)
    _, source, which, kind, sequence, count, digest = cells
    if which not in LISTS or kind not in FILE_KINDS:
        words = "black, red; full, delta"
        raise _bad(say("The head says {said}: one of {words}.", said=f"{which}, {kind}", words=words))
    if not (is_digits(sequence) and is_digits(count)) or len(sequence) > 9 or len(count) > 9:
        raise _bad(say("Sequence and count in the head are whole numbers."))
    return Head(source, which, kind, int(sequence), int(count), digest.casefold())


def _must_be_whole(reading: Reading, head: Head, body: bytes) -> None:
    """Whose it is, that nothing of it is other than it was sent, and that it is the next."""
    if head.source != OWN and reading.find(Partner, code=head.source) is None:
        raise _bad(say("own, or the code of a partner: there is no {what}.", what=head.source))
    if hashlib.sha256(body).hexdigest() != head.digest:
        raise _bad(say("The file is not as it was sent: its SHA-256 is another. Ask for it again."))
    last = last_of(reading, head.source, head.list)
    if head.sequence <= last:
        raise _bad(say("File {n} of this list was taken already; the next is {next}.", n=head.sequence, next=last + 1))
    if head.kind == "delta" and head.sequence != last + 1:
        told = say("File {next} comes before {n}: take that first, or a full one.", next=last + 1, n=head.sequence)
        raise _bad(told)


def last_of(reading: Reading, source: str, which: str) -> int:
    """The sequence of the last file of a list that was taken; 0: none was."""
    files = reading.all(ListFile, source=source, list=which, order=("-sequence",))
    stand = (row for row in files if reading.one(Edition, id=row.edition).state not in GIVEN_UP)
    return next((row.sequence for row in stand), 0)


def _must_have(columns: Sequence[str]) -> None:
    strange = [name for name in columns if name not in COLUMNS]
    missing = [name for name in NEEDED if name not in columns]
    if strange or missing or len(set(columns)) != len(columns):
        raise _bad(say("The columns are {columns}, each once.", columns=", ".join(COLUMNS)))


def _bad(told: Message) -> BadForm:
    return BadForm({"file": told})


Key = tuple[str, str]


def _judge(reading: Reading, found: ReadList, records: Sequence[FileRow], day: str) -> None:
    head = found.head
    stand = {
        (row.document_kind, row.document_number): row
        for row in reading.all(ListedPerson, source=head.source, list=head.list, order=("id",))
    }
    kinds = {kind.code: kind for kind in reading.all(DocumentKind)}
    seen: dict[Key, int] = {}
    for record in records:
        typed = {name: cell.strip() for name, cell in zip(found.columns, record.cells, strict=False)}
        faults = list(_faults(typed, head, kinds, day))
        key = typed.get("document_kind", ""), typed.get("document_number", "")
        if not faults and (first := seen.setdefault(key, record.line)) != record.line:
            faults = [("document_number", say("Line {line} has the same key.", line=first + 1))]
        if not faults:
            faults = list(_put(found, typed, stand.get(key), day))
        found.rejects += [Reject(record.line + 1, record.cells, column, why) for column, why in faults]
    if head.kind == "full":
        gone = [row for key, row in stand.items() if key not in seen]
        found.edits += [RowEdit(table_name(ListedPerson), (row.id,), "end", {}) for row in gone]


def _faults(
    typed: Mapping[str, str], head: Head, kinds: Mapping[str, DocumentKind], day: str
) -> Iterator[tuple[str, Message]]:
    """What is wrong with a line by itself."""
    op = typed.get("op", "") or ADD
    if op not in (ADD, END) or (op == END and head.kind == "full"):
        yield "op", say("One of {words}.", words=ADD if head.kind == "full" else f"{ADD}, {END}")
        return
    kind = kinds.get(typed.get("document_kind", ""))
    if kind is None:
        yield "document_kind", say("There is no such kind of document.")
    elif (told := number_fault(kind, typed.get("document_number", ""), day)) is not None:
        yield "document_number", told
    for name in ("reason", "basis") if op == ADD else ():
        if not typed.get(name):
            yield name, say("This is needed.")
    for name in SAID if op == ADD else ():
        try:
            _stored(name, typed.get(name, ""))
        except BadForm as fault:
            if typed.get(name):
                yield name, fault.message


def _stored(name: str, typed: str) -> str:
    """A cell as the column holds it. BadForm: it can't be."""
    return str(LISTED.one(name, ListedForm.one(name, typed)))


def _put(
    found: ReadList, typed: Mapping[str, str], row: ListedPerson | None, day: str
) -> Iterator[tuple[str, Message]]:
    """A good line into the edits."""
    table, head = table_name(ListedPerson), found.head
    if typed.get("op") == END:
        if row is None:
            yield "document_number", say("This list does not have them.")
        else:
            found.edits.append(RowEdit(table, (row.id,), "end", {}))
        return
    said = {name: _stored(name, typed.get(name, "")) for name in SAID}
    if said["valid_to"] and said["valid_to"] < said["valid_from"]:
        yield "valid_to", say("It ends before it begins.")
        return
    if said["valid_to"] and said["valid_to"] < day and (row is None or row.valid_to != said["valid_to"]):
        yield "valid_to", say("It is over since {day}.", day=said["valid_to"])
        return
    if row is None:
        of = {"list": head.list, "source": head.source, **{name: typed[name] for name in NEEDED}}
        key = f"{head.source}:{head.list}:{typed['document_kind']}:{typed['document_number']}"
        found.edits.append(RowEdit(table, (key,), "add", {**of, **said}))
        return
    changed = {name: value for name, value in said.items() if getattr(row, name) != value}
    if changed:
        found.edits.append(RowEdit(table, (row.id,), "change", changed))
    else:
        found.same += 1


def called(reading: Reading, of: Head | ListFile) -> Message:
    """What a file is, in words: whose list, its number, whether it is all of it."""
    source, which = (value_said(reading, LISTED.name, *each) for each in (("source", of.source), ("list", of.list)))
    kind = choice_name(table_name(ListFile), "kind", of.kind)
    return say("{source}: {list}, file {n} ({kind})", source=source, list=which, n=of.sequence, kind=kind)


def take(context: Context, found: ReadList, said: Mapping[str, str], rules: Rules) -> list[Edition]:
    """A file into drafts, all in one transaction: one, or several where it is long. `said`: their title, and their
    reason (none: the file's hash) and date.

    NotAllowed (`file`): a line of it can't be, or it changes nothing.
    """
    if found.rejects:
        raise NotAllowed(wrong_in(found), field="file")
    if not found.edits:
        raise NotAllowed(say("Nothing in this file is new: all is as it stands."), field="file")
    context.use_rows(Partner)
    editions = list(_drafts(context, found, said, rules))
    _note(context, found.head, editions[0])
    return editions


def wrong_in(found: ReadList) -> Message:
    """How many lines of a file are wrong, and why the first is."""
    first, n = found.rejects[0], found.counts()["bad"]
    return say("{n} {n:row is|rows are} wrong, the first in line {line}: {why}", n=n, line=first.line, why=first.why)


def _drafts(context: Context, found: ReadList, said: Mapping[str, str], rules: Rules) -> Iterator[Edition]:
    head, edits = found.head, found.edits
    titled = titles(said["title"], len(edits), MOST_LINES)
    reason = said.get("reason", "").strip() or f"SHA-256 {head.digest}"
    for part, first in enumerate(range(0, len(edits), MOST_LINES)):
        since = said.get("effective_from", "")
        edition = drafts.new(context, title=titled(part), reason=reason, effective_from=since)
        drafts.put_lines(context, edition.id, edits[first : first + MOST_LINES], rules)
        yield edition


def _note(context: Context, head: Head, edition: Edition) -> None:
    """That a file was taken: what comes next is held against it."""
    tx = context.tx
    tx.add(
        ListFile,
        id=new_key(tx.clock),
        source=head.source,
        list=head.list,
        sequence=head.sequence,
        kind=head.kind,
        rows=head.count,
        digest=head.digest,
        edition=edition.id,
        operator=context.operator,
        taken_at=tx.now(),
    )


def rejected(found: ReadList, words: Words) -> bytes:
    """The lines that can't be as a file, with three more columns: line, field, why."""
    width = len(found.columns)
    rows = [(*found.columns, words(say("Line")), words(say("Field")), words(say("What is wrong")))]
    for reject in found.rejects:
        cells = (*reject.cells, *[""] * width)[:width]
        rows.append((*cells, str(reject.line), reject.column, words(reject.why)))
    return csv_bytes(rows, "csv")
