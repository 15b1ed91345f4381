"""Qualification (catalogue F1, M2.1, M2.2): interfaces, and which of them a business asks."""

from data.tables.base import Table, headquarters, integer, options, ref, revision, state, text


class Interface(Table, table=True):
    """A question that can be asked before a business: a local rule, or a remote service with its offline rule.

    `rule`: what must hold, as managers write it (`components.expressions`); empty: the program's own rule of this code.
    `reason_zh`, `reason_en`: what the clerk is told where it does not hold, `beside`: at which field of the form.
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
    timeout_ms: int = integer(2000)
    offline: str = state("offline", "yes", "override", "no", default="yes")
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
