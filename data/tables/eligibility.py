"""Qualification (catalogue F1, M2.1, M2.2): interfaces, which of them a business asks, and what services answered."""

from data.tables.base import OUTLET, Index, Partial, Table, headquarters, integer, options, ref, revision, state, text


class Interface(Table, table=True):
    """A question that can be asked before a business: a local rule, or a remote service with its offline rule.

    `rule`: what must hold, as managers write it (`qualification.expressions`); empty: the program's own rule of this
    code; of a remote service what must hold while it can't be asked. `reason_zh`, `reason_en`: what the clerk is told
    where it does not hold, `beside`: at which field of the form. `offline`: what counts while it can't be asked: yes,
    later (yes, and asked again once it can be), override, rule (both are asked again as well), no.

    Of a remote service alone (what it knows us by is no column: `remote.secret_files`):
        address, path, method: where its answers are got, by an HTTP request with JSON.
        sends: what it is told, a line for each (`components.qualification.questions`), and nothing else.
        yes_when, override_when: what of its `answer` means yes, or a supervisor's word; anything else means no.
        reason_at: where in the answer its reason stands.
        timeout_ms: for one try. retries: so many more, where `repeatable` (it takes a repeat as the same).
        failures, rest_seconds: after so many failures in a row it is left alone for so long.
        certificate: who vouches for it (PEM); empty: whom this machine trusts.
    """

    __owner__ = headquarters("rules")
    __component__ = "F1"
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    kind: str = state("kind", "local", "remote", default="local")
    rule: str = text("")
    reason_zh: str = text("")
    reason_en: str = text("")
    beside: str = text("")
    address: str = text("")
    path: str = text("")
    method: str = state("method", "POST", "GET", default="POST")
    sends: str = text("")
    yes_when: str = text("")
    override_when: str = text("")
    reason_at: str = text("")
    timeout_ms: int = integer(2000)
    retries: int = integer(0)
    repeatable: int = integer(0)
    failures: int = integer(5)
    rest_seconds: int = integer(30)
    certificate: str = text("")
    offline: str = state("offline", "yes", "later", "override", "rule", "no", default="yes")
    state: str = state("state", "active", "off", default="active")
    revision: int = revision()


class BusinessInterface(Table, table=True):
    """That a business asks an interface, in which order, and what its 'no' means."""

    __owner__ = headquarters("rules")
    __component__ = "F1"
    __table_args__ = options()
    business: str = text(key=True)
    interface: str = ref("interface.code", key=True)
    position: int = integer(0)
    on_no: str = state("on_no", "no", "override", default="no")
    revision: int = revision()


WAITS_FOR_ANSWER = "state = 'waiting'"
"""What is to be asked again, in SQL."""
REFUSED_LATER = "state = 'refused'"
"""What a service refused after it was done, which a person must see to, in SQL."""


class InterfaceAnswer(Table, table=True):
    """What a service answered to an order, or which rule counted while it could not be asked (catalogue F1).

    States: answered; unasked (the offline rule let it pass, for good); waiting (it let it pass, and is asked again);
    confirmed (asked again: it may be); refused (asked again: it may not: somebody sees to it); settled (they did).

    Attributes:
        request: the key by which the service knows a repeat. sent: what it was told (JSON).
        verdict: yes, override, no; empty: none came. reason: in the service's words. fault: why none came (Message).
        offline: the rule that counted then; empty: none had to.
        asked_at: when, by operator; took_ms, tries: how long it took, and how many tries.
        later_at: when it was answered after all; later_reason: what the service said then.
        way, words, settled_by, settled_at: what somebody did about a refusal (call_in: they come, it is still open);
            gone: there was nothing left to ask about.
    """

    __owner__ = OUTLET
    __component__ = "F1"
    __table_args__ = options(
        Index("interface_answer_order", "order_id"),
        Partial("interface_answer_waiting", "outlet", "asked_at", where=WAITS_FOR_ANSWER),
        Partial("interface_answer_refused", "outlet", "later_at", "id", where=REFUSED_LATER),
    )
    id: str = text(key=True)
    outlet: str = text()
    business_date: str = text()
    order_id: str = ref("product_order.id", index=False)
    interface: str = text()
    request: str = text()
    sent: str = text("{}")
    verdict: str = state("verdict", "", "yes", "override", "no", default="")
    reason: str = text("")
    fault: str = text("")
    offline: str = text("")
    operator: str = text()
    asked_at: str = text()
    took_ms: int = integer(0)
    tries: int = integer(0)
    way: str = state("way", "", "stop", "call_in", "undo", "stands", "gone", default="")
    state: str = state("state", "answered", "unasked", "waiting", "confirmed", "refused", "settled")
    later_at: str = text("")
    later_reason: str = text("")
    words: str = text("")
    settled_by: str = text("")
    settled_at: str = text("")
    revision: int = revision()
