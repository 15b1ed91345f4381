"""Editions 变更单 (design 12): what a manager changes of headquarters' rows, and what of it was published.

An edition is worked out at the office (`Edition`, `EditionLine`). Once approved its lines are published: they travel in
the one stream to every outlet in their scope, and each store keeps them (`PublishedLine`). A row of headquarters' is
what its published lines say on the business date, in every store: that is `boss_tui.editions.lines`.
"""

from data.tables.base import LOCAL, OFFICE, Index, Table, UniqueConstraint, integer, options, ref, revision, state, text


class Edition(Table, table=True):
    """A change that a manager makes as one, with its title and reason.

    `subject`: the catalogue's row that it was begun in, such as M6; rows of others may join it (`EditionLine.subject`).
    `effective_from`: the business date that its author wants it to count from; empty, at once when it is approved.
    `counts_from`, `at_once`: as it was published. `scope`: whom it reaches (`boss_tui.editions.scope`). `content_hash`:
    of what was submitted, which the approver signs. `rolls_back`: the edition whose opposite this is. `review_by`: the
    business date after which an emergency's review is late. `fault`: why it is stale or has failed, as JSON (a list of
    messages). `needs_two`: why two people approve it, as JSON (a message), known since it was submitted;
    `first_approver` is the one of them who came first. `decided_for`, `first_for`: who had handed them the right to, if
    it was not their role's own (`Delegation`).
    States: draft, submitted, approved (waits for its date), in_force, withdrawn, rejected, stale (what it was based on
    has moved), failed (on its date; with the fault).
    """

    __owner__ = OFFICE
    __table_args__ = options(UniqueConstraint("number", name="edition_number"), Index("edition_state", "state"))
    id: str = text(key=True)
    number: int = integer()
    subject: str = text()
    title: str = text()
    reason: str = text("")
    scope: str = text("")
    effective_from: str = text("")
    author: str = text()
    made_at: str = text()
    state: str = state(
        "state",
        "draft",
        "submitted",
        "approved",
        "in_force",
        "withdrawn",
        "rejected",
        "stale",
        "failed",
        default="draft",
    )
    content_hash: str = text("")
    submitted_at: str = text("")
    needs_two: str = text("")
    first_approver: str = text("")
    first_approved_at: str = text("")
    first_for: str = text("")
    decided_by: str = text("")
    decided_for: str = text("")
    decided_at: str = text("")
    decision: str = text("")
    counts_from: str = text("")
    at_once: int = integer(0)
    in_force_at: str = text("")
    fault: str = text("")
    rolls_back: str = text("")
    emergency: int = integer(0)
    review_by: str = text("")
    reviewed_by: str = text("")
    reviewed_at: str = text("")
    review: str = text("")
    revision: int = revision()


class EditionLine(Table, table=True):
    """A row that an edition adds, changes or ends. `row_key`, `before`, `after`: JSON (a list; objects).

    `subject`: the business through which it was put in: it allows and checks it.
    `before`: what stood in the columns that it changes. `after`: of a new row all columns, of a change those that it
    changes. A line that was taken out of a draft is `dropped`.
    """

    __owner__ = OFFICE
    __table_args__ = options(Index("edition_line_row", "table_name", "row_key"))
    edition: str = ref("edition.id", key=True)
    position: int = integer(key=True)
    subject: str = text()
    table_name: str = text()
    row_key: str = text()
    op: str = state("op", "add", "change", "end")
    before: str = text("{}")
    after: str = text("{}")
    dropped: int = integer(0)
    revision: int = revision()


class Publication(Table, table=True):
    """That an item of the stream holds lines of an edition. what: its own lines, or those that took them back before
    its date, or on it where they failed then."""

    __owner__ = OFFICE
    __append_only__ = True
    __table_args__ = options()
    number: int = integer(key=True)
    edition: str = ref("edition.id")
    what: str = state("what", "lines", "taken_back", default="lines")
    published_at: str = text()


class PublishedLine(Table, table=True):
    """A line that headquarters published, as item `number` of its stream holds it. `content`: JSON, as `after`; of an
    undo, which earlier item's lines of the row are as if they had never been.

    `effective_from`: the business date from which it counts, never empty. `at_once`: it counted from the moment that it
    came, whatever business date a store was in. `scope`: that of its item.
    """

    __owner__ = LOCAL
    __append_only__ = True
    __published__ = True
    __table_args__ = options(
        Index("published_line_row", "table_name", "row_key", "effective_from", "number", "position"),
        Index("published_line_due", "effective_from"),
    )
    number: int = integer(key=True)
    position: int = integer(key=True)
    table_name: str = text()
    row_key: str = text()
    op: str = state("op", "add", "change", "end", "undo")
    content: str = text("{}")
    effective_from: str = text()
    at_once: int = integer(0)
    scope: str = text("")
