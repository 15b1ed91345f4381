"""What is charged on a day for what a price rule is about: asked before it holds, while it does, and after it."""

from __future__ import annotations

from boss_tui.components.base import Context
from boss_tui.components.customers.categories import ORDINARY
from boss_tui.components.tariff.price_rules import Sale
from boss_tui.components.tariff.tariff import Tariff, region_of
from boss_tui.forms.typed import yuan
from boss_tui.management.kit.entity import Values
from data.clock import is_made_key
from data.message import Message, both, say
from data.tables.tariff import PriceRule

NOON = "12:00"


def charged(at: Context, rule: Values) -> Message:
    """What is charged of a rule's item on the context's business date, in a sale that the rule is for; by which rule,
    where that is another one."""
    products = (rule["product"],) if rule["product"] else ()
    time = rule["from_time"] or NOON
    outlet, region = rule["outlet"], rule["region"] or region_of(at.tx, rule["outlet"])
    sale = Sale(rule["business"], products, rule["category"] or ORDINARY, outlet, at.business_date, time, region)
    return charged_in(at, sale, rule)


def charged_in(at: Context, sale: Sale, rule: Values) -> Message:
    """What is charged of a rule's item in a sale; by which rule, where that is another one."""
    counting = (each.rule for each in Tariff(at).tried(sale) if not each.why and not each.behind)
    same = [each for each in counting if (each.item, each.monthly) == (rule["item"], rule["monthly"])]
    same.sort(key=lambda each: each.product != rule["product"])
    if not same:
        return say("nothing is charged for it")
    amount, first = amount_said(same[0]), same[0]
    if first.id == rule["id"]:
        return amount
    name = both(first.name_zh, first.name_en) if is_made_key(first.id) else first.id
    is_named = not is_made_key(first.id) or first.name_zh or first.name_en
    return say("{amount}, by {rule}", amount=amount, rule=name) if is_named else amount


def amount_said(rule: PriceRule) -> Message:
    """What a rule charges that counts."""
    amount = yuan(rule.amount * rule.percent // 100)
    return say("{yuan}/month", yuan=amount) if rule.monthly else say("{yuan} yuan", yuan=amount)
