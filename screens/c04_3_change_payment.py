"""C4.3 change payment method (改支付方式). Special here is what each change means for the money."""

from __future__ import annotations

from data.message import say
from screens.business import BusinessScreen

MEANS = {
    "prepaid": say("A deposit goes into the balance. All bills are paid first."),
    "postpaid": say("The balance stays and pays the next bills."),
    "merge": say("What the old account holds moves; an empty account is closed."),
    "split": say("The new account begins empty; the old one keeps its money."),
}


class ChangePaymentScreen(BusinessScreen):
    """Beside the form stands what happens to the money."""

    tips_by = ("change", MEANS)
