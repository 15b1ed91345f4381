"""What the heads of makers' files have in common: keys of SIM cards and PINs come under a transport key (M5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from boss_tui.management.kit.faults import CELL, FILE, CellFault
from data.message import Message, say
from data.store import Reading
from data.tables.stockroom import TransportKey


def of_file(told: Message) -> CellFault:
    """What is wrong with a file as a whole."""
    return CellFault(1, "", FILE, told)


def missing(said: Mapping[str, str], names: Iterable[str]) -> CellFault | None:
    """That a head does not say something it must."""
    absent = [name for name in names if not said.get(name)]
    return of_file(say("The head does not say {names}.", names=", ".join(absent))) if absent else None


def key_faults(reading: Reading, said: Mapping[str, str]) -> Iterator[CellFault]:
    """That there is no transport key of the head's index, or that the maker has another (by its check value)."""
    index = said["key"]
    key = reading.find(TransportKey, key_index=index)
    if key is None or key.state == "ended":
        told = say("There is no transport key {index} here: put it together first (boss manage M5 key).", index=index)
        yield of_file(told)
    elif said.get("kcv", key.check_value).upper() != key.check_value:
        yield of_file(say("The maker's transport key {index} is another: its check value differs.", index=index))


def out_of_turn(line: int, column: str, place: int, meant: str) -> CellFault:
    """That a card does not stand where the order has it: at a place (0 is the first) another one is meant."""
    told = say("It does not follow: card {n} of the order is {meant}.", n=place + 1, meant=meant)
    return CellFault(line, column, CELL, told)
