"""The lists that C1's fields open (F4), and a form that works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from boss_tui.business.process import Run
from boss_tui.components.products.products import Products
from boss_tui.components.products.suiting import works_on_card
from boss_tui.forms.choosing import narrowed
from boss_tui.forms.fields import Choice
from boss_tui.transactions.c01.form import OpenAccountForm
from boss_tui.transactions.lists import free_numbers, looked_through, somebody
from data.codes import REACH
from data.errors import OutOfStock
from data.message import Message, both, say
from data.states import card_kinds


def choices(run: Run, form: OpenAccountForm, field: str, text: str) -> list[Choice]:
    """The lines of a field's list that fit what is typed."""
    makers: dict[str, Callable[[Run, OpenAccountForm, str], list[Choice]]] = {
        "document_kind": _document_kinds,
        "agent_document_kind": _document_kinds,
        "plan": _plans,
        "services": _services,
        "number": lambda run, _form, text: free_numbers(run, text),
        "iccid": _sims,
    }
    if field in makers:
        return makers[field](run, form, text)
    words = {
        "long_distance": ("none", "domestic", "international"),
        "roaming": ("none", "province", "national", "international"),
    }
    return [Choice(word, REACH[word]) for word in words.get(field, ())]


def _document_kinds(run: Run, _form: OpenAccountForm, _text: str) -> list[Choice]:
    return [Choice(kind.code, both(kind.name_zh, kind.name_en)) for kind in run.customers.kinds()]


def _offered(run: Run, form: OpenAccountForm, kind: str) -> list[Any]:
    if not (form.document_kind and form.document_number):
        return run.products.offered(kind)
    with run.beside("document_number"):
        born = form.birth_date.isoformat() if form.birth_date else ""
        person = run.customers.identify(form.document_kind, form.document_number, born)
        return run.products.offered(kind, person.category, person.age)
    return run.products.offered(kind)


def _product(product: Any) -> Choice:
    return Choice(product.code, both(product.name_zh, product.name_en), both(product.summary_zh, product.summary_en))


def _plans(run: Run, form: OpenAccountForm, _text: str) -> list[Choice]:
    return [_product(plan) for plan in _offered(run, form, "plan")]


def _services(run: Run, form: OpenAccountForm, _text: str) -> list[Choice]:
    return [_product(service) for service in _offered(run, form, "service")]


def _sims(run: Run, form: OpenAccountForm, text: str) -> list[Choice]:
    needed = _sim_kinds(run.products, form.plan)
    cards = run.resources.sims(looked_through(run), needed or None)
    return narrowed(text, [Choice(card.iccid, card_kinds(card.kind), Message(card.imsi)) for card in cards])[: run.most]


def _sim_kinds(products: Products, plan: str | None) -> set[str]:
    taken = next((product.sim_kinds for product in products.offered("plan") if product.code == plan), "")
    return set(taken.split(",")) - {""}


def example(run: Run) -> dict[str, Any]:
    """A new customer, the first free number, and a plan and card that go together."""
    plans = [plan for plan in run.products.offered("plan", "ordinary", 25) if plan.pay_type != "prepaid"]
    numbers = run.resources.numbers("", 50)
    ordinary = [number.number for number, grade in numbers if not grade.fee] or [number.number for number, _ in numbers]
    for plan in plans:
        cards = [card.iccid for card in run.resources.sims(500) if works_on_card(plan, card.kind)]
        if cards and ordinary:
            return {
                "document_kind": "00",
                "document_number": somebody(run),
                "name": "王小明",
                "address": "城关镇人民路12号",
                "contact_phone": "057188886666",
                "plan": plan.code,
                "number": ordinary[0],
                "iccid": cards[0],
                "password": "274916",
                "repeat_password": "274916",
            }
    raise OutOfStock(say("No number, plan or card is left to make an example of."))
