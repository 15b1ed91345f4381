"""What an outlet knows of the people who sign on there (catalogue F7, M7): the passwords that they chose, how their
tries went. Who they are and what they may is headquarters' (`Operator`)."""

from data.tables.base import LOCAL, OUTLET, Table, integer, options, ref, revision, text


class OperatorPassword(Table, table=True):
    """A password that somebody chose at an outlet, hashed (Argon2id). The one of the highest number counts where they
    work, the ones before are not taken again there.

    `replaces`: which password of headquarters' it took the place of, as SHA-256 of that one's hash. Where headquarters
    has another one by now, it gave a new one since (the person forgot theirs), and that one counts.
    """

    __owner__ = OUTLET
    __append_only__ = True
    __table_args__ = options()
    outlet: str = text(key=True)
    staff_no: str = ref("operator.staff_no", key=True)
    number: int = integer(key=True)
    password_hash: str = text()
    replaces: str = text()
    made_at: str = text()


class OperatorStanding(Table, table=True):
    """How somebody's tries to sign on at an outlet went: the store's own, so that it is counted in one that was put
    back from a copy, too, where nothing may be journalled yet.

    `staff_no`: the number as typed; of one that nobody has, a keyed hash with a question mark before it: what was typed
    there may be a password. `failed`: wrong passwords since the last right one or unlocking, of which too many cost a
    pause and then lock; `against`: which password of headquarters' they were tried against, as `replaces` names it:
    one that it gave since begins anew. `failed_since`: since the last sign-on, to be told at the next. `challenge`:
    what headquarters is told over the phone to answer with a code that unlocks, made at `challenge_at`; empty when none
    is open. `language`: what they chose to read here (zh_CN, en); empty: as headquarters has it.
    """

    __owner__ = LOCAL
    __table_args__ = options()
    outlet: str = text(key=True)
    staff_no: str = text(key=True)
    failed: int = integer(0)
    against: str = text("")
    failed_at: str = text("")
    failed_since: int = integer(0)
    last_at: str = text("")
    last_counter: str = text("")
    challenge: str = text("")
    challenge_at: str = text("")
    language: str = text("")
    revision: int = revision()
