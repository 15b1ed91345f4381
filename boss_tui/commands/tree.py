"""Every command of the command line, in its panels: what `boss --help` shows, and what is looked through for a command
that is not in `boss_tui.commands.ALONE`."""

from __future__ import annotations

from boss_tui.commands import (
    authorities,
    business,
    card_keys,
    clock,
    codes,
    delegations,
    desk,
    drawers,
    editions,
    electronic,
    exceptions,
    headquarters,
    headquarters_rows,
    home,
    interfaces,
    leases,
    lists,
    looking,
    manage_acts,
    manage_fields,
    manage_files,
    manage_past,
    network,
    network_work,
    number_accounts,
    numbers,
    payments,
    personnel,
    porting,
    printers,
    printing,
    reports,
    staff,
    stock,
    sync,
    till,
    transfers,
    waiting,
    work_of_all,
)
from boss_tui.commands.root import Group, root

app = root()
DESK, SERVE, TILL, LINKS, KEEP = "Desk", "Customers and orders", "Till", "Headquarters, network, paper", "The store"
MANAGE = "Management"
PANELS = (
    (DESK, (desk.app,), (desk.demo,)),
    (SERVE, (business.app, looking.app), (authorities.authority, delegations.delegation, staff.staff, waiting.waiting)),
    (
        TILL,
        (reports.app, clock.app),
        (till.till, numbers.paper, electronic.einvoice, stock.stock, porting.porting, payments.payment),
    ),
    (
        MANAGE,
        (),
        (
            manage_files.manage,
            editions.edition,
            lists.lists,
        ),
    ),
    (
        LINKS,
        (sync.app,),
        (
            sync.carry,
            headquarters.headquarters,
            network.network,
            interfaces.interfaces,
            printers.printer,
            printing.jobs,
        ),
    ),
    (KEEP, (home.app,), ()),
)
for more in (codes.app, headquarters_rows.app, leases.app, exceptions.app, editions.office_day):
    headquarters.headquarters.registered_commands += more.registered_commands
manage_files.manage.registered_commands += manage_fields.fields.registered_commands
manage_files.manage.registered_commands += manage_past.past.registered_commands
manage_files.manage.registered_commands += manage_acts.acts.registered_commands
manage_files.manage.registered_commands += personnel.people.registered_commands
manage_files.manage.registered_commands += delegations.office.registered_commands
manage_files.manage.registered_commands += work_of_all.office.registered_commands
manage_files.manage.registered_commands += card_keys.keys.registered_commands
editions.edition.registered_commands += personnel.taking.registered_commands
headquarters.headquarters.add_typer(transfers.note, cls=Group)
headquarters.headquarters.add_typer(number_accounts.numbers, cls=Group)
numbers.paper.add_typer(number_accounts.account, cls=Group)
printers.printer.add_typer(printers.route, cls=Group)
stock.stock.registered_commands += transfers.hall.registered_commands
till.till.registered_commands += drawers.drawers.registered_commands
network.network.registered_commands += network_work.network.registered_commands
for panel, parts, groups in PANELS:
    for part in parts:
        for command in part.registered_commands:
            command.rich_help_panel = panel
            app.registered_commands.append(command)
    for group in groups:
        app.add_typer(group, cls=Group, rich_help_panel=panel)
