"""What the office does with messages: queues what credit control's signed orders say, and codes to leave with a number;
writes files, reads reports.

A message is queued once for each order, by day alone (management-facts 4); for each code once and at once: it counts
for an hour (management-facts 5.3). A file's row is there before the file is:
after a kill it is written again, byte for byte. What is sent and not reported stays so: it is unknown, and not sent
again blindly.
"""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager
from datetime import timedelta

from sqlalchemy import bindparam, exists, func, select

from boss_tui.components.base import Context
from boss_tui.components.credit.credit_control import CreditControl, is_rest
from boss_tui.components.till.business_days import today
from boss_tui.forms.typed import yuan
from boss_tui.locale import words
from boss_tui.messages.files import DELIVERED, Text, file_of, read_report, sent_name
from boss_tui.network.gateway import Gateway
from boss_tui.network.textfile import BadFile, NotComplete
from data.clock import first_key, new_key, on_the_wall, stamp
from data.journal import Author
from data.message import Message, say
from data.store import Reading, Store, UnitOfWork
from data.tables.credit import ControlStage
from data.tables.credit_control import ControlOrder, SmsFile, SmsMessage
from data.tables.order import Subscription
from data.tables.porting import NumberPorting

AT_ONCE = 200
IN_A_FILE = 1_000
WHO = "messages"
_told, _stage = ControlOrder.table(), ControlStage.table()
_sms, _file, _porting = SmsMessage.table(), SmsFile.table(), NumberPorting.table()
_NOT_WRITTEN_OF = (
    select(_told.c.id)
    .join_from(_told, _stage, _stage.c.code == _told.c.stage)
    .where(
        _told.c.state == "active",
        _told.c.made_on == bindparam("day"),
        _stage.c.text_zh != "",
        ~exists().where(_sms.c.about == _told.c.id),
    )
    .order_by(_told.c.id)
    .limit(AT_ONCE)
)
_LONGEST = timedelta(days=1)
"""No code counts longer."""
_CODES = (
    select(*_porting.c)
    .where(
        _porting.c.id >= bindparam("since"),
        _porting.c.state == "authorised",
        _porting.c.until > bindparam("now"),
        ~exists().where(_sms.c.about == _porting.c.id),
    )
    .order_by(_porting.c.id)
    .limit(AT_ONCE)
)
_QUEUED = select(*_sms.c).where(_sms.c.state == "queued").order_by(_sms.c.queued_at, _sms.c.id).limit(IN_A_FILE)
_LAST = select(func.max(_file.c.sequence))


class Messages:
    """Messages of an office: its store, its outlet code, the gateway of the SMS centre."""

    def __init__(self, store: Store, outlet: str, gateway: Gateway) -> None:
        self.store, self.outlet, self.gateway = store, outlet, gateway

    def step(self) -> bool:
        """One turn; whether anything was done. Outside: the centre's gateway can't be reached."""
        return any([self._queue(), self._queue_codes(), self._make_file(), self._write(), self._receive()])

    def _queue(self) -> int:
        """Messages for orders that were signed today and say something."""
        with self.store.reading() as reading:
            day = today(reading, self.outlet)
            if day is None or is_rest(reading, reading.present()):
                return 0
            if not reading.rows(_NOT_WRITTEN_OF, day=day.business_date):
                return 0
        with self._writing("sms.queue") as tx:
            found = tx.rows(_NOT_WRITTEN_OF, day=day.business_date)
            for (key,) in found:
                self._queued(tx, tx.one(ControlOrder, id=key), day.business_date)
        return len(found)

    def _queued(self, tx: UnitOfWork, told: ControlOrder, day: str) -> None:
        stage = tx.one(ControlStage, code=told.stage)
        line = tx.find(Subscription, id=told.subscription_id)
        facts = {"number": told.number, "owed": yuan(told.at_stake), "balance": "", "limit": "", "day": day}
        if line is not None:
            context = Context(tx, "M8", self.outlet, "", WHO, "", day)
            money = CreditControl(context).judge(line, but=told.id).money
            owed = money.owed + money.unbilled if line.pay_type == "postpaid" else 0
            facts |= {"owed": yuan(owed), "balance": yuan(money.balance), "limit": yuan(money.limit)}
        tx.add(
            SmsMessage,
            id=new_key(tx.clock),
            about=told.id,
            number=told.number,
            body=stage.text_zh.format_map(facts),
            queued_at=tx.now(),
        )

    def _queue_codes(self) -> int:
        """Codes to leave that were given and are not known to their owners yet, each to the number itself."""
        now = self.store.present()
        asked = {"since": first_key(now - _LONGEST), "now": stamp(now)}
        with self.store.reading() as reading:
            if not reading.rows(_CODES, **asked):
                return 0
        with self._writing("sms.queue") as tx:
            speak = words("zh_CN")  # as credit control's messages are (`ControlStage.text_zh`)
            found = tx.models(NumberPorting, _CODES, **asked)
            for row in found:
                when = on_the_wall(row.until, "%m-%d %H:%M")
                told = say("Code {code}, for {number}: it counts until {when}.")
                body = speak(Message(told.template, {"code": row.code, "number": row.number, "when": when}))
                tx.add(
                    SmsMessage,
                    id=new_key(tx.clock),
                    about=row.id,
                    number=row.number,
                    body=body,
                    queued_at=tx.now(),
                )
        return len(found)

    def _make_file(self) -> int:
        """A file of what is queued; it lies nowhere yet."""
        with self.store.reading() as reading:
            if not reading.rows(_QUEUED):
                return 0
        with self._writing("sms.file") as tx:
            found = tx.models(SmsMessage, _QUEUED)
            sequence = int(tx.scalar(_LAST) or 0) + 1
            made_at = tx.now()
            for message in found:
                tx.change(message, state="sent", file=sequence, sent_at=made_at)
            content = self._content(sequence, made_at, found)
            digest = hashlib.sha256(content).hexdigest()
            tx.add(SmsFile, sequence=sequence, messages=len(found), digest=digest, made_at=made_at)
        return len(found)

    def _content(self, sequence: int, made_at: str, found: list[SmsMessage]) -> bytes:
        texts = [Text(row.id, row.number, " ".join(row.body.split())) for row in found]
        return file_of(self.outlet, sequence, made_at, sorted(texts, key=lambda text: text.key))

    def _write(self) -> int:
        """Files that lie in the centre's folder by now, whole."""
        with self.store.reading() as reading:
            waiting = reading.all(SmsFile, written=0, order=("sequence",))
            contents = [(row, self._content_of(reading, row)) for row in waiting]
        for row, content in contents:
            self.gateway.put(sent_name(row.sequence), content)
            with self._writing("sms.sent") as tx:
                tx.change(tx.one(SmsFile, sequence=row.sequence), written=1)
        return len(contents)

    def _content_of(self, reading: Reading, row: SmsFile) -> bytes:
        content = self._content(row.sequence, row.made_at, reading.all(SmsMessage, file=row.sequence))
        if hashlib.sha256(content).hexdigest() != row.digest:
            raise ValueError(f"file {row.sequence} of messages can't be made again as it was")
        return content

    def _receive(self) -> int:
        """Reports: each ends what it names. One that can't be read stays where it is: the others go on, then it is said
        (BadFile, NotComplete)."""
        done, wrong = 0, None
        for name in self.gateway.responses():
            try:
                sequence, codes = read_report(self.gateway.fetch(name))
            except (BadFile, NotComplete) as fault:
                wrong = fault
                continue
            with self._writing("sms.report") as tx:
                self._reported(tx, sequence, codes)
            self.gateway.archive(name)
            done += 1
        if wrong is not None:
            raise wrong
        return done

    def _reported(self, tx: UnitOfWork, sequence: int, codes: list[tuple[str, str]]) -> None:
        """What a report says of messages of its file that are not reported yet; of others it says nothing."""
        known = 0
        for key, code in codes:
            message = tx.find(SmsMessage, id=key)
            if message is None or message.file != sequence or message.state != "sent":
                continue
            state = "delivered" if code == DELIVERED else "failed"
            tx.change(message, state=state, code=code, reported_at=tx.now())
            known += 1
        row = tx.find(SmsFile, sequence=sequence)
        if row is not None and known:
            tx.change(row, reports=row.reports + known)

    def _writing(self, kind: str) -> AbstractContextManager[UnitOfWork]:
        return self.store.transaction(Author(self.outlet, kind, WHO))
