"""A password that the office gives 初始密码: the first one, or a new one for who forgot theirs (management-facts 6).

It is good for one sign-on, at which its holder chooses another. Of somebody who is new it goes along with the edition
that adds them. Of somebody who is on the staff already it counts at once, under the right M7.emergency, and another
person reviews it afterwards: who gives a password could sign on with it. The first one needs no reason: nobody signs on
without one. Its hash goes to that person's outlet alone.
"""

from __future__ import annotations

from boss_tui.components.base import Context
from boss_tui.editions import drafts, lifecycle
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import Rules
from boss_tui.management.kit import working
from boss_tui.management.m07.operators import PEOPLE
from data.errors import NotAllowed
from data.message import say
from data.tables.edition import Edition


def give(context: Context, staff_no: str, password_hash: str, reason: str, rules: Rules) -> Edition:
    """Into the open draft that adds this person, else at once; answers the edition.

    NotAllowed: there is no such person (`staff_no`), they have left, it is oneself; no right; no reason for another
    one (`reason`).
    """
    if staff_no == context.operator:
        raise NotAllowed(say("One's own password is changed at the sign-on."), field="staff_no")
    told = {"password_hash": password_hash, "password_use": "initial"}
    first = {"confirmed_on": context.business_date}  # two people have just looked at what they may
    draft = working.open_draft(context.tx, context.business, context.operator)
    stands = working.standing(context.tx, PEOPLE, draft, (staff_no,), context.business_date)
    if draft is not None and stands.op == "add" and stands.after is not None:
        values = {name: value for name, value in stands.after.items() if name not in ("staff_no", "revision")}
        drafts.put_line(context, draft.id, RowEdit(PEOPLE.name, (staff_no,), "add", {**values, **told, **first}), rules)
        return draft
    if stands.before is None or stands.before["state"] == "left":
        raise NotAllowed(say("Nobody has the staff number {staff_no}.", staff_no=staff_no), field="staff_no")
    if not stands.before["password_hash"]:
        reason, told = reason.strip() or str(say("The first password")), told | first
    made = drafts.begun(context, title=str(say("A password for {staff_no}", staff_no=staff_no)), reason=reason)
    drafts.put_line(context, made.id, RowEdit(PEOPLE.name, (staff_no,), "change", told), rules)
    return lifecycle.let_count_at_once(context, made.id, rules)
