"""The simulated element: takes batch files from its gateway, obeys them on its own state, writes response files.

It keeps real subscriber state, so that what the book believes can be compared with what the network holds (design 5,
rule 5). It is not the store and shares nothing with it but the gateway. Crash-safe as a real one should be: a command,
its effect and its reply are one transaction; a key is obeyed once; a file name is obeyed once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from boss_tui.network.batch import Batch, BatchEntry, read_batch
from boss_tui.network.dialects.acts import international, national
from boss_tui.network.dialects.dialect import Dialect
from boss_tui.network.dialects.ericsson import Ericsson
from boss_tui.network.dialects.record import Record
from boss_tui.network.gateway import Gateway
from boss_tui.network.machine.ericsson import EricssonMachine
from boss_tui.network.machine.faults import RUBBISH, Faults
from boss_tui.network.machine.huawei import HuaweiMachine
from boss_tui.network.machine.memory import BatchProgress, Memory
from boss_tui.network.machine.state import ElementRefusal, State
from boss_tui.network.replies import Replies, Reply, as_bytes
from boss_tui.network.textfile import BadFile, NotComplete
from data.clock import Clock, stamp
from data.errors import BossError, NotFound
from data.message import Message, say


class PollOutcome(Struct, frozen=True):
    """What one poll did, line by line, for whoever watches."""

    lines: tuple[Message, ...] = ()
    commands: int = 0


def machine_of(dialect: Dialect, code: str) -> EricssonMachine | HuaweiMachine:
    """What obeys the commands of a dialect."""
    return EricssonMachine(code) if isinstance(dialect, Ericsson) else HuaweiMachine(code)


class Element:
    """A simulated element. `code` is the element's code in batch files; files for other elements are left alone."""

    def __init__(self, state_path: Path, dialect: Dialect, gateway: Gateway, *, clock: Clock, code: str) -> None:
        self.dialect, self.gateway, self.clock, self.code = dialect, gateway, clock, code
        self.faults = Faults()
        self._told: set[tuple[str, str]] = set()
        self.state = State(state_path)
        self.memory = Memory(self.state)
        self.machine = machine_of(dialect, code)

    def close(self) -> None:
        """Close the state's file."""
        self.state.close()

    def subscribers(self) -> tuple[Record, ...]:
        """Everyone the element knows, as its own printouts read."""
        printouts = (self.machine.printout(self.state, imsi) for imsi in self.state.everyone())
        records = (self.dialect.record(printout) for printout in printouts)
        return tuple(record for record in records if record)

    def by_number(self) -> Mapping[str, Record]:
        """Everyone the element knows by their number (11 digits): read one by one, however many they are."""
        return _ByNumber(self)

    def has_key(self, imsi: str) -> bool:
        """Whether the authentication key of this IMSI is loaded."""
        return self.state.has_key(imsi)

    def step(self) -> PollOutcome:
        """One poll of the gateway: hand over what is owed, then obey what waits. Outside: the gateway is away."""
        if self.faults.off:
            return PollOutcome((say("The element is off."),))
        lines: list[Message] = []
        commands = 0
        self._hand_over()
        for name in self.gateway.batches():
            if name.startswith(f"{self.code}_"):
                count, said = self._take(name)
                commands += count
                lines += said
        self._hand_over()
        return PollOutcome(tuple(lines), commands)

    def resend(self, batch: str) -> str:
        """Answer a whole batch again in one more part, from memory: what an element's staff do when answers got lost.
        The response file's name. NotFound: the element never saw that batch."""
        with self.state.transaction():
            seen = self.memory.seen(batch)
            replies = self.memory.replies(batch)
            if not replies:
                raise NotFound(say("The element never saw the batch {name}.", name=batch))
            name = self._owe(batch, seen.parts + 1, replies)
            self.memory.progress(batch, BatchProgress(seen.done, seen.parts + 1, seen.finished))
        self._hand_over()
        return name

    def _take(self, name: str) -> tuple[int, list[Message]]:
        if self.memory.seen(name).finished:
            self.gateway.taken(name)
            return 0, [say("{name}: seen before, ignored.", name=name)]
        try:
            batch = read_batch(self.gateway.batch(name))
        except (NotComplete, BadFile) as fault:
            return 0, self._once(name, say("{name}: not read. {why}", name=name, why=fault.message))
        if batch.name != name or batch.dialect != self.dialect.name:
            return 0, self._once(name, say("{name}: not for this element.", name=name))
        return self._obey_batch(batch)

    def _once(self, name: str, message: Message) -> list[Message]:
        """What is wrong with a file that stays where it is, said once and not at every poll."""
        if (name, str(message)) in self._told:
            return []
        self._told.add((name, str(message)))
        return [message]

    def _obey_batch(self, batch: Batch) -> tuple[int, list[Message]]:
        """Obey what this poll has time for, and owe one response part for it, in one transaction."""
        lines: list[Message] = []
        with self.state.transaction():
            seen = self.memory.seen(batch.name)
            end = min(len(batch.entries), seen.done + self.faults.slow) if self.faults.slow else len(batch.entries)
            entries = batch.entries[seen.done : end]
            replies = [reply for entry in entries for reply in self._answered(entry, batch.name, lines)]
            finished = end == len(batch.entries)
            part = seen.parts + 1
            self._owe(batch.name, part, tuple(replies))
            if self.faults.use("duplicate"):
                part += 1
                self._owe(batch.name, part, tuple(replies))
            self.memory.progress(batch.name, BatchProgress(end, part, finished))
        if finished:
            self.gateway.taken(batch.name)
        return len(entries), lines

    def _answered(self, entry: BatchEntry, batch: str, lines: list[Message]) -> list[Reply]:
        """The reply to one command as it will be sent, or nothing when it gets lost."""
        known = self.memory.reply(entry.key)
        if known and known[0] == entry.text:
            raw = known[1]
        elif known:
            raw = self._frame(entry.text, "", ElementRefusal("syntax", "Key already used for another command"))
        else:
            raw = self._obey(entry, batch)
        answer = self.dialect.answer(entry.text, raw)
        masked = self.dialect.masked(entry.text)
        lines.append(say("{key} {command} → {answer}", key=entry.key, command=masked, answer=answer.message))
        if self.faults.use("lose"):
            lines.append(say("{key}: the answer gets lost.", key=entry.key))
            return []
        return [Reply(entry.key, RUBBISH if self.faults.use("rubbish") else raw)]

    def _obey(self, entry: BatchEntry, batch: str) -> str:
        refused = self.faults.refusal(self.machine.numbers(entry.text))
        body = ""
        if refused is None:
            try:
                with self.state.transaction():
                    body = self.machine.obey(self.state, entry.text)
            except ElementRefusal as fault:
                refused = fault
        raw = self._frame(entry.text, body, refused)
        self.memory.keep(entry, raw, batch)
        return raw

    def _frame(self, text: str, body: str, refused: ElementRefusal | None) -> str:
        # as good elements do, the echo hides keys: response files are kept for years
        return self.machine.frame(self.dialect.masked(text), body, refused, self.clock.now(), self.memory.serial())

    def _owe(self, batch: str, part: int, replies: tuple[Reply, ...]) -> str:
        response = Replies(batch, part, stamp(self.clock.now()), replies)
        content = as_bytes(response)
        if self.faults.use("cut"):
            content = content[: len(content) // 2]
        self.memory.owe(response.name, content)
        return response.name

    def _hand_over(self) -> None:
        """Hand owed responses over; one that the gateway does not take now is owed still."""
        for name, content in self.memory.owed():
            self.gateway.respond(name, content)
            self.memory.paid(name)


class _ByNumber(Mapping[str, Record]):
    """The subscribers of an element, each read when it is asked for."""

    def __init__(self, element: Element) -> None:
        self._element = element

    def __getitem__(self, number: str) -> Record:
        state = self._element.state
        try:
            imsi, _ = state.find(msisdn=international(number))
        except ElementRefusal:
            raise KeyError(number) from None
        record = self._element.dialect.record(self._element.machine.printout(state, imsi))
        if record is None:
            raise KeyError(number)
        return record

    def __iter__(self) -> Iterator[str]:
        return map(national, self._element.state.numbers())

    def __len__(self) -> int:
        return self._element.state.count()


def gently(element: Element) -> PollOutcome:
    """One poll that says what went wrong outside instead of ending the loop."""
    try:
        return element.step()
    except BossError as fault:
        return PollOutcome((fault.message,))
