"""What customers want, chosen at random among what the hall could do for them now: forms that are mostly right.

Each business's wish stands on its example, the numbers, bills, cards and handsets of the store, and the lists that its
fields open (F4). A wish that nobody here can have is the business's example.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from msgspec import Struct, field

from boss_tui.desk import Desk
from data.store import Reading, Store
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.billing import CustomerBill
from data.tables.customer import Customer
from data.tables.finance import BusinessDay
from data.tables.life import Agreement, Suspension
from data.tables.order import ProductOrder, Subscription
from data.tables.provider import ProviderSubscription
from data.tables.stock import Handset, HandsetBundle, RechargeCard

FEW = 6
"""Of so many of the oldest numbers most is asked, so that much happens to each."""
FOR_SOME = ("PBIZ", "PSTU", "PSEN")
"""Plans that only some may have."""
OWN = "刑侦2026-117号"
HARD = ("DATA", "IROAM", "MPTY", "BANK", "STOCK", "RBT")
"""Services that few may have or end, and one that keeps a number from prepaid."""
TRIES = 4
"""So often something else is wished when nobody could have it."""
BLANK = 16
"""A blank card's serial has so many digits."""
T = TypeVar("T")


class Nobody(Exception):
    """There is nobody here who could want this now."""


class Wish(Struct, frozen=True):
    """A form to begin with, the fields that are then filled from their lists, and which of their lines are liked."""

    typed: dict[str, Any] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    likes: Callable[[str], bool] = lambda _value: True


class Wishes:
    """The wishes of whoever comes next."""

    def __init__(self, desk: Desk, store: Store, chance: Random) -> None:
        self.desk, self.chance = desk, chance
        self._store = store

    def of(self, code: str) -> Wish:
        """A wish for a business; OutOfStock when nothing is left for it."""
        example = self.desk.forms.example(code)
        made = getattr(self, f"_{code.lower().replace('.', '_')}", self._about_a_line)
        with self._store.reading() as reading:
            for _ in range(TRIES):
                with suppress(Nobody):
                    wish: Wish = made(reading, code)
                    return Wish({**example, **wish.typed}, wish.lists, wish.likes)
        return Wish(example)

    # whose number

    def _any(self, found: Sequence[T]) -> T:
        if not found:
            raise Nobody
        return self.chance.choice(found)

    def _odds(self, **weights: int) -> str:
        return self.chance.choices([*weights], [*weights.values()])[0]

    def _line(
        self, reading: Reading, fits: Callable[[Subscription], bool] = lambda _line: True, *states: str
    ) -> Subscription:
        """A number that fits, mostly one of the few, and one with no order under way where there is such."""
        under_way = {
            o.subscription_id for state in ("inProgress", "pending") for o in reading.all(ProductOrder, state=state)
        }
        lines = reading.all(Subscription, order=("opened_on", "id"))
        lines = [line for line in lines if line.state in (states or ("active",)) and fits(line)]
        lines = [line for line in lines if line.id not in under_way] or lines
        return self._any([*lines[:FEW], *lines[-2:]] if self.chance.random() < 0.7 else lines)

    @staticmethod
    def _owner(reading: Reading, line: Subscription, about: str = "number") -> dict[str, str]:
        """A number, and the document that its owner shows."""
        return {about: line.number, "document_number": reading.one(Customer, id=line.customer_id).document_number}

    def _about_a_line(self, reading: Reading, code: str) -> Wish:
        typed = self._owner(reading, self._line(reading))
        known = self.desk.forms.form(code).model_fields
        return Wish({name: value for name, value in typed.items() if name in known})

    @staticmethod
    def _today(reading: Reading) -> date:
        return date.fromisoformat(reading.one(BusinessDay, state="open").business_date)

    # business by business

    def _c1(self, reading: Reading, _code: str) -> Wish:
        """Somebody new, or a customer; prepaid, a plan that can become so, or another; sometimes international."""
        wanted = self._odds(prepaid=4, either=4, international=2, chosen=3)
        known: dict[str, str] = {}
        if self.chance.random() < 0.3:
            somebody = self._any(reading.all(Customer, holder="individual", order=("id",)))
            known = {
                "document_kind": somebody.document_kind,
                "document_number": somebody.document_number,
                "name": somebody.name,
            }
        if wanted == "prepaid":
            easy = {"plan": self._any(("PRE50", "PRE100")), "roaming": "province"}
            return Wish({**known, **easy}, ("iccid", "number"))
        if wanted == "either":
            return Wish({**known, "plan": "P39", "prepayment": "88.50"}, ("iccid",))
        if wanted == "international":
            return Wish({**known, "long_distance": "international", "prepayment": "100"})
        return Wish(known, ("plan", "iccid", "number", "services"))

    def _c2(self, reading: Reading, _code: str) -> Wish:
        typed = self._owner(reading, self._line(reading))
        return Wish({**typed, "announce": self._any("yn")}, ("new_number",))

    def _c3(self, reading: Reading, _code: str) -> Wish:
        """Another card, blank or paired, for a number that works or whose loss was reported."""
        causes = self._causes(reading)
        line = self._line(reading, lambda one: causes.get(one.id, []) in ([], ["loss"]), "active", "suspended")
        why = "lost" if causes.get(line.id) else self._odds(exchange=3, lost=2, broken=2)
        blank = self.chance.random() < 0.5
        lift = self._any("yn") if causes.get(line.id) else "n"
        typed = {**self._owner(reading, line), "why": why, "lift": lift}
        return Wish(typed, ("iccid",), lambda card: (len(card) == BLANK) == blank)

    def _c4_1(self, reading: Reading, _code: str) -> Wish:
        """A document that was renewed, or another name: one character, or by law; which may be one too many."""
        line = self._line(reading)
        typed = {**self._owner(reading, line), "document_expires": ""}
        name = reading.one(Customer, id=line.customer_id).name
        if self._odds(renewed=1, named=2) == "renewed":
            day = self._today(reading)
            return Wish(
                {**typed, "document_expires": day.replace(day=1, year=day.year + self._any((10, 20))).isoformat()}
            )
        if self._odds(typed=2, renamed=1) == "typed":
            return Wish({**typed, "name": name[:-1] + self._any(("晗", "涵", "菡")), "ground": "typed"})
        return Wish({**typed, "name": "沈" + name[1:], "ground": "renamed", "certificate": "杭公证2026-118"})

    def _c4_3(self, reading: Reading, _code: str) -> Wish:
        """To prepaid and back with the plan that goes with both; banks, merging, splitting."""
        if self.chance.random() < 0.5:
            other, owing = self._any(("prepaid", "postpaid")), self._owing(reading)
            line = self._line(
                reading, lambda one: one.plan == "P39" and one.pay_type != other and one.account_id not in owing
            )
            return Wish({**self._owner(reading, line), "change": other})
        change = self._odds(cash=2, debit=3, merge=3, split=2)
        line = self._line(reading, self._could(reading, change))
        bank = {"bank": "CCB", "bank_account": "6222020200112230012"} if change == "debit" else {}
        nothing = {"bank": "", "bank_account": ""}
        lists = ("account",) if change == "merge" else ()
        return Wish({**self._owner(reading, line), **nothing, **bank, "change": change}, lists)

    def _could(self, reading: Reading, change: str) -> Callable[[Subscription], bool]:
        """Whether a number's account could be changed so."""
        accounts, owing = {one.id: one for one in reading.all(BillingAccount, state="active")}, self._owing(reading)
        lines = [line for line in reading.all(Subscription) if line.state not in ("terminated", "cancelled")]
        charged = [line.account_id for line in lines]
        owners = [(account.customer_id, account.pay_type) for account in accounts.values()]

        def could(line: Subscription) -> bool:
            account = accounts[line.account_id]
            return {
                "cash": account.pay_method == "bank_debit",
                "debit": account.pay_type == "postpaid" and account.pay_method == "cash",
                "merge": owners.count((account.customer_id, line.pay_type)) > 1 and account.id not in owing,
                "split": charged.count(account.id) > 1,
            }[change]

        return could

    def _c5(self, reading: Reading, _code: str) -> Wish:
        """To somebody new, or to another customer of the hall."""
        owing = self._owing(reading)
        line = self._line(reading, lambda one: one.plan not in FOR_SOME and one.account_id not in owing)
        typed = {**self._owner(reading, line), "penalty": "y", "balance": self._any(("", "goes", "back"))}
        if self.chance.random() < 0.3:
            other = self._any(reading.all(Customer, holder="individual", order=("id",)))
            typed |= {
                "new_document_kind": other.document_kind,
                "new_document_number": other.document_number,
                "new_name": other.name,
            }
        return Wish(typed)

    @staticmethod
    def _causes(reading: Reading) -> dict[str, list[str]]:
        """What each number is stopped for, or will be."""
        found: dict[str, list[str]] = {}
        for state in ("planned", "running"):
            for one in reading.all(Suspension, state=state, order=("id",)):
                found.setdefault(one.subscription_id, []).append(one.cause)
        return found

    def _c6(self, reading: Reading, _code: str) -> Wish:
        """What is stopped is resumed, or a number is stopped: now or on its day, until another or for good."""
        causes = {line: [one for one in found if one != "closing"] for line, found in self._causes(reading).items()}
        if self.chance.random() < 0.6 and any(causes.values()):
            line = self._line(reading, lambda one: bool(causes.get(one.id)), "active", "suspended")
            lifted = {"action": "resume", "cause": self._any(causes[line.id])}
            return Wish(
                {**self._owner(reading, line), **lifted, "reason": OWN if lifted["cause"] == "court" else "查清"}
            )
        cause = self._odds(request=6, loss=4, arrears_outgoing=2, arrears_all=2, fraud=1, court=1)
        owing, arrears = self._owing(reading), cause.startswith("arrears")
        line = self._line(reading, lambda one: cause == "loss" or (one.account_id in owing) == arrears)
        typed = {**self._owner(reading, line), "action": "suspend", "cause": cause}
        if cause == "request":
            today = self._today(reading)
            typed["starts_on"] = self._any(("", (today + timedelta(days=self.chance.randrange(1, 9))).isoformat()))
            typed["ends_on"] = self._any(("", (today + timedelta(days=self.chance.randrange(9, 70))).isoformat()))
        return Wish({**typed, "reason": OWN if cause in ("fraud", "court") else ""})

    def _c7_1(self, reading: Reading, _code: str) -> Wish:
        return Wish(self._owner(reading, self._line(reading)), ("long_distance",))

    def _c7_3(self, reading: Reading, _code: str) -> Wish:
        typed = self._owner(reading, self._line(reading))
        abroad = self.chance.random() < 0.4
        if abroad:
            typed["roaming"] = "international"
        return Wish(typed, ("until",) if abroad else ("roaming",))

    def _c7_2(self, reading: Reading, _code: str) -> Wish:
        switches = {name: self._any(("", "", "y", "n")) for name in ("waiting", "hold", "clip", "cfu", "cfnrc")}
        targets = {name: "057188886666" for name in ("cfu", "cfnrc") if switches[name] == "y"}
        barring = {"barring": self._any(("", "", "none", "outgoing", "incoming"))}
        return Wish({**self._owner(reading, self._line(reading)), **switches, **targets, **barring})

    def _c7_4(self, reading: Reading, _code: str) -> Wish:
        """Services begun, or ended."""
        wanted = self._odds(subscribe=3, cancel=2)
        typed = {**self._owner(reading, self._line(reading)), "subscribe": "", "cancel": ""}
        return Wish(typed, (wanted,), lambda code: code not in HARD)

    def _c7_5(self, reading: Reading, _code: str) -> Wish:
        action = self._odds(subscribe=5, cancel=3, dispute=3, bar=2, unbar=2, refunded=2, refused=1)
        has = {one.subscription_id for one in reading.all(ProviderSubscription, state="active")}
        line = self._line(reading, lambda one: action in ("subscribe", "bar", "unbar") or one.id in has)
        typed = {**self._owner(reading, line), "action": action, "service": "", "reason": ""}
        if action == "dispute":
            typed |= {"month": f"{self._today(reading).replace(day=1) - timedelta(days=1):%Y-%m}", "reason": "没有订购"}
        return Wish(typed, ("service",))

    def _c8(self, reading: Reading, _code: str) -> Wish:
        """Another plan, from today or the 1st: often the one that goes with prepaid too."""
        either = self.chance.random() < 0.6
        line = self._line(reading, lambda one: not either or (one.plan != "P39" and one.pay_type == "postpaid"))
        typed = {**self._owner(reading, line), "starts": self._any(("now", "now", "next"))}
        return Wish({**typed, "plan": "P39"}) if either else Wish({**typed, "plan": ""}, ("plan",))

    def _c9(self, reading: Reading, _code: str) -> Wish:
        """A number is closed, or its closing undone before its day."""
        if self.chance.random() < 0.6:
            line = self._line(reading, lambda _line: True, "pendingTerminate")
            return Wish({**self._owner(reading, line), "action": "undo"})
        line = self._line(reading, lambda _line: True, "active", "suspended")
        return Wish({**self._owner(reading, line), "action": "close", "points": self._any(("spend", "lose"))})

    def _c10(self, reading: Reading, _code: str) -> Wish:
        """A handset for nobody, for a number, or under contract; exchanged, brought back."""
        action = self._odds(sell=4, exchange=3, **{"return": 3})
        if action == "sell":
            return self._sold(reading)
        unit = self._any(reading.all(Handset, state="sold", order=("-sold_on", "imei"))[:FEW])
        typed = {"action": action, "imei": unit.imei, "reason": "花屏", "faulty": self._any("yn")}
        if action == "exchange":
            stock = reading.all(Handset, state="in_stock", order=("imei",))
            typed["new_imei"] = self._any([one for one in stock if one.model == unit.model]).imei
        return Wish(typed)

    def _sold(self, reading: Reading) -> Wish:
        """A handset for nobody, for a number, or under a contract that fits its plan."""
        wanted = self._odds(bundle=5, number=2, nobody=2)
        if wanted == "nobody":
            return Wish({"action": "sell", "buyer": "王小明"}, ("imei",))
        if wanted == "number":
            return Wish({**self._owner(reading, self._line(reading)), "action": "sell"}, ("imei",))
        bundle = self._any(reading.all(HandsetBundle, order=("code",)))
        bound = {one.subscription_id for one in reading.all(Agreement, kind="handset", state="active")}
        line = self._line(reading, lambda one: one.id not in bound and (not bundle.plans or one.plan in bundle.plans))
        stock = [one for one in reading.all(Handset, state="in_stock", order=("imei",)) if one.model == bundle.model]
        typed = {"action": "sell", "bundle": bundle.code, "imei": self._any(stock).imei}
        return Wish({**self._owner(reading, line), **typed})

    def _c11(self, reading: Reading, _code: str) -> Wish:
        """Cards sold, redeemed, exchanged, brought back, put aside."""
        action = self._odds(sell=5, redeem=4, exchange=1, damaged=1, void=1, **{"return": 2})
        typed = {"action": action, "reason": "" if action == "sell" else "看不清"}
        if action in ("sell", "damaged", "void"):
            return Wish({**typed, "serial": "", "count": str(self.chance.randrange(1, 4))}, ("serial",))
        card = self._any(reading.all(RechargeCard, state="sold", order=("-serial",))[:FEW])
        typed |= {"serial": card.serial, "count": "1"}
        if action == "exchange":
            fresh = reading.all(RechargeCard, state="idle", face_value=card.face_value, order=("serial",))
            typed["new_serial"] = self._any(fresh[:FEW]).serial
        if action == "redeem":
            typed["number"] = self._line(reading, lambda _line: True, "active", "suspended").number
        return Wish(typed)

    @staticmethod
    def _owing(reading: Reading) -> set[str]:
        """The accounts with bills that are not paid."""
        return {
            bill.account_id for state in ("sent", "partiallyPaid") for bill in reading.all(CustomerBill, state=state)
        }

    def _c12(self, reading: Reading, _code: str) -> Wish:
        """What is owed is paid in one of the ways, or in advance, paid out again, or put right."""
        action = self._odds(collect=4, advance=4, balance=3, refund=3, correct=2)
        owing = self._owing(reading)
        full = {bucket.account_id for bucket in reading.all(BalanceBucket, kind="prepaid") if bucket.amount}
        fits: dict[str, set[str]] = {"collect": owing, "balance": owing & full, "refund": full - owing}
        if action == "balance" and not fits["balance"]:
            action, fits["advance"] = "advance", owing
        if action == "correct":
            return self._corrected(reading)
        accounts = fits.get(action)
        states = ("active", "suspended", "pendingTerminate")
        line = self._line(reading, lambda one: accounts is None or one.account_id in accounts, *states)
        amount = self._any(("30", "88.50", "200")) if action == "advance" else self._any(("", "", "12.34"))
        waived = self._any("ynn") if action == "collect" else "n"
        return Wish(
            {
                **self._owner(reading, line, "who"),
                "action": action,
                "amount": amount,
                "reason": "客户要求",
                "waive": waived,
            }
        )

    def _corrected(self, reading: Reading) -> Wish:
        """A payment that went to the wrong account, and whose it should have been."""
        wrong = self._any(
            [
                o
                for o in reading.all(ProductOrder, business="C12", state="completed", order=("id",))
                if o.amount > 0 and o.reverses is None
            ]
        )
        right = self._line(reading, lambda one: one.customer_id != wrong.customer_id)
        return Wish(
            {
                "who": json.loads(wrong.form_json)["who"],
                "action": "correct",
                "serial": wrong.serial,
                "right": right.number,
                "reason": "缴错号码",
            }
        )

    def _c13(self, reading: Reading, _code: str) -> Wish:
        typed = self._owner(reading, self._line(reading, lambda _line: True, "active", "suspended"))
        return Wish({**typed, "paper": self._any(("none", "list", "slip"))}, ("part",))
