"""M2.1: what must be right of a remote service before it is published, by field (catalogue M2.1, PIPL 6 and 51)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boss_tui.components.qualification.questions import is_path, must_read_an_answer, sent_by
from boss_tui.forms.typed import wrong
from boss_tui.remote.address import fault_in
from data.errors import NotAllowed
from data.message import Message, say
from data.tables.eligibility import Interface

_PATH = re.compile(r"(/[\w.~%:@!$&'()*+,;=-]*)*")
ABOUT_PEOPLE = ("customer.name", "customer.document_number", "agent.name", "agent.document_number")
"""What may stand in no address: addresses are written into logs on the way."""


def check_address(typed: str) -> str:
    """An address at which a service may be asked."""
    fault = fault_in(typed)
    if fault is not None:
        raise wrong(fault.template, **fault.values)
    return typed


def check_path(typed: str) -> str:
    """A path at an address."""
    if _PATH.fullmatch(typed) is None:
        raise wrong(say("A path such as /v1/check.").template)
    return typed


def check_certificate(typed: str) -> str:
    """Certificates that can be read."""
    import ssl

    try:
        ssl.create_default_context(cadata=typed)
    except (ssl.SSLError, ValueError, TypeError) as fault:
        raise wrong(say("This is no certificate: -----BEGIN CERTIFICATE----- and what follows.").template) from fault
    return typed


def faults_of_remote(row: Interface) -> Iterator[tuple[str, Message]]:
    """Beside which fields a remote service is not ready to be asked."""
    if row.state == "off":
        return
    if not row.address:
        yield "address", say("Say where it is asked.")
    elif (told := fault_in(row.address)) is not None:
        yield "address", told
    yield from _sends(row)
    yield from _answers(row)
    if row.retries and not row.repeatable:
        yield "retries", say("Only what takes a repeat as the same is tried again: say y at Repeatable.")
    if row.rule and row.offline != "rule":
        yield "rule", say("A remote service has a rule only for when it can't be asked: say rule at If not asked.")
    if row.offline == "rule" and not row.rule:
        yield "rule", say("Say what must hold while it can't be asked.")


def _sends(row: Interface) -> Iterator[tuple[str, Message]]:
    try:
        facts = {each.fact for each in sent_by(row.sends)}
    except NotAllowed as fault:
        yield "sends", fault.message
        return
    if not facts:
        yield "sends", say("Say what it is told.")
    if row.method == "GET" and facts & set(ABOUT_PEOPLE):
        yield "method", say("Names and document numbers go by POST: addresses are logged on the way.")


def _answers(row: Interface) -> Iterator[tuple[str, Message]]:
    if not row.yes_when:
        yield "yes_when", say("Say what of its answer means yes.")
    for column in ("yes_when", "override_when"):
        text = getattr(row, column)
        try:
            if text:
                must_read_an_answer(text)
        except NotAllowed as fault:
            yield column, fault.message
    if row.reason_at and not is_path(row.reason_at):
        yield "reason_at", say("Where in the answer it stands, such as reason or data.text.")
