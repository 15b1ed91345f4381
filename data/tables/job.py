"""Long work that a person has started 作业: it goes on in steps, can be stopped, and is gone on with after a kill."""

from data.tables.base import LOCAL, Index, Table, integer, options, revision, state, text


class Job(Table, table=True):
    """An import, an export, or a run of rules of a manager's. Each step is one transaction, which counts `done` up.

    `subject`, `entity`: what it is of, such as M6 and tax_rate. `path`, `digest`: its file, and the SHA-256 of what is
    read from it. `how`: what was asked for, as JSON; `said`: what came of it so far, as JSON. States: running (also
    when the program that ran it is gone), stopped, done, failed (with the fault, as JSON). `log`: what became of it, as
    JSON, a list of [time, message, how far it was].
    """

    __owner__ = LOCAL
    __table_args__ = options(Index("job_file", "digest"), Index("job_open", "state", "changed_at"))
    id: str = text(key=True)
    kind: str = state("kind", "import", "export", "run")
    subject: str = text()
    entity: str = text()
    path: str = text()
    digest: str = text("")
    how: str = text("{}")
    said: str = text("{}")
    done: int = integer(0)
    total: int = integer(0)
    state: str = state("state", "running", "stopped", "done", "failed", default="running")
    operator: str = text()
    started_at: str = text()
    changed_at: str = text()
    fault: str = text("")
    log: str = text("[]")
    revision: int = revision()
