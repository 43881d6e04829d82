"""The tables, triggers and views of version 1. What was released is never changed here.

Texts and history only grow: triggers forbid the rest to every program that opens the file. The
views are for people: they show spans, events and decisions as plain tables in `sqlite3` or
Datasette. Offsets are half-open code points, which is also what SQLite's `substr` counts.

JSON functions stand in views only, and the package itself reads no view: up to SQLite 3.40 they do
not run from a schema that is not trusted, and `database` trusts none.
"""

from __future__ import annotations

TABLES = (
    """
    CREATE TABLE documents (
        position INTEGER PRIMARY KEY, -- the order of import
        id TEXT NOT NULL UNIQUE CHECK (id <> ''),
        language TEXT NOT NULL,
        title TEXT NOT NULL,
        date TEXT,
        sha256 TEXT NOT NULL, -- of the text in UTF-8
        length INTEGER NOT NULL, -- of the text in code points
        tokenizer TEXT, -- the fingerprint of the tokenizer that was there at import
        imported_at TEXT NOT NULL,
        meta TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX documents_listed ON documents (position, id, title, date)",
    "CREATE INDEX documents_by_text ON documents (sha256, id)",
    # Which words stand in which document; no places, so that it stays small. Beginnings of two and
    # three letters are kept too, so that an answer comes while the first letters are typed. It is
    # filled by `documents.add`: SQLite lets no trigger do that in a schema that is not trusted.
    """
    CREATE VIRTUAL TABLE documents_search USING fts5 (
        title, text, content='documents', content_rowid='position', detail=none, columnsize=0,
        prefix='2 3', tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mc Mn'"
    )
    """,
    """
    CREATE TABLE suggestions (
        document_id TEXT NOT NULL REFERENCES documents (id),
        id TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('entity', 'event')),
        suggester TEXT NOT NULL,
        source TEXT NOT NULL, -- the suggester and its version
        score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
        current INTEGER NOT NULL CHECK (current IN (0, 1)), -- 0: its last run no longer has it
        item TEXT NOT NULL,
        PRIMARY KEY (document_id, id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX suggestions_current ON suggestions (document_id, current)",
    """
    CREATE TABLE runs (
        document_id TEXT NOT NULL REFERENCES documents (id),
        suggester TEXT NOT NULL,
        source TEXT NOT NULL, -- the version that ran last
        PRIMARY KEY (suggester, document_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE history (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        uuid TEXT NOT NULL UNIQUE,
        document_id TEXT NOT NULL REFERENCES documents (id),
        annotator TEXT NOT NULL CHECK (annotator <> ''),
        session TEXT NOT NULL,
        at TEXT NOT NULL, -- UTC; the order is that of seq, for clocks go backwards
        kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
        reverts TEXT REFERENCES history (uuid), -- the 'do' that is taken back or done again
        command TEXT NOT NULL,
        changes TEXT NOT NULL,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL,
        CHECK ((kind = 'do') = (reverts IS NULL))
    ) STRICT
    """,
    "CREATE INDEX history_by_document ON history (document_id, annotator)",
    "CREATE INDEX history_by_annotator ON history (annotator, seq, kind, uuid, reverts)",
    """
    CREATE TABLE entries (
        annotator TEXT NOT NULL,
        document_id TEXT NOT NULL REFERENCES documents (id),
        kind TEXT NOT NULL
            CHECK (kind IN ('entity', 'event', 'relation', 'comment', 'flag', 'decision')),
        id TEXT NOT NULL,
        record TEXT NOT NULL,
        PRIMARY KEY (annotator, document_id, kind, id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX entries_flags ON entries (annotator, id, document_id) WHERE kind = 'flag'",
    "CREATE INDEX entries_comments ON entries (annotator, document_id) WHERE kind = 'comment'",
    """
    CREATE TABLE leases (
        document_id TEXT NOT NULL REFERENCES documents (id),
        annotator TEXT NOT NULL,
        session TEXT NOT NULL,
        host TEXT NOT NULL,
        pid INTEGER NOT NULL,
        since TEXT NOT NULL,
        PRIMARY KEY (document_id, annotator, session)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE places (
        annotator TEXT PRIMARY KEY,
        document_id TEXT NOT NULL REFERENCES documents (id),
        item_id TEXT NOT NULL,
        updated TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)

TRIGGERS = (
    """
    CREATE TRIGGER documents_keep_their_text BEFORE UPDATE OF id, text, sha256 ON documents
    BEGIN SELECT RAISE(ABORT, 'the text of a document never changes'); END
    """,
    """
    CREATE TRIGGER documents_stay BEFORE DELETE ON documents
    BEGIN SELECT RAISE(ABORT, 'a document is never deleted'); END
    """,
    """
    CREATE TRIGGER documents_are_not_replaced BEFORE INSERT ON documents
    WHEN EXISTS (SELECT 1 FROM documents WHERE id = NEW.id OR position = NEW.position)
    BEGIN SELECT RAISE(ABORT, 'a document is never replaced'); END
    """,
    """
    CREATE TRIGGER history_is_not_rewritten BEFORE UPDATE ON history
    BEGIN SELECT RAISE(ABORT, 'history is never rewritten'); END
    """,
    """
    CREATE TRIGGER history_stays BEFORE DELETE ON history
    BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END
    """,
    """
    CREATE TRIGGER history_is_not_replaced BEFORE INSERT ON history
    WHEN EXISTS (SELECT 1 FROM history WHERE uuid = NEW.uuid OR seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'history is never replaced'); END
    """,
)


def _words(ranges: str) -> str:
    """The SQL for the words of a JSON array of ranges; the pieces are joined by one space."""
    return f"""(
        SELECT group_concat(substr(d.text, 1 + json_extract(r.value, '$[0]'),
            json_extract(r.value, '$[1]') - json_extract(r.value, '$[0]')), ' ')
        FROM json_each({ranges}) AS r
    )"""


def _ranges(kind: str, record: str) -> str:
    """The SQL for the ranges of an entity, or of the trigger of an event."""
    return (
        f"CASE {kind} WHEN 'entity' THEN json_extract({record}, '$.ranges')"
        f" ELSE json_extract({record}, '$.trigger.ranges') END"
    )


_ORIGIN = """
        LEFT JOIN suggestions AS s ON s.document_id = e.document_id AND s.id = e.id
        LEFT JOIN entries AS o ON o.annotator = e.annotator AND o.document_id = e.document_id
            AND o.kind = 'decision' AND o.id = e.id
"""

VIEWS = (
    f"""
    CREATE VIEW spans AS
    SELECT e.annotator, e.document_id, e.id,
        json_extract(e.record, '$.label') AS label,
        json_extract(e.record, '$.ranges[0][0]') AS start,
        json_extract(e.record, '$.ranges[#-1][1]') AS "end",
        {_words(_ranges("e.kind", "e.record"))} AS text,
        coalesce(s.source, 'hand') AS origin,
        coalesce(json_extract(o.record, '$.outcome'), 'added') AS outcome
    FROM entries AS e JOIN documents AS d ON d.id = e.document_id {_ORIGIN}
    WHERE e.kind = 'entity'
    """,
    f"""
    CREATE VIEW events AS
    SELECT e.annotator, e.document_id, e.id,
        json_extract(e.record, '$.type') AS type,
        {_words(_ranges("e.kind", "e.record"))} AS trigger_text,
        json_extract(e.record, '$.trigger.ranges[0][0]') AS start,
        json_extract(e.record, '$.trigger.ranges[#-1][1]') AS "end",
        json_array_length(e.record, '$.arguments') AS arguments,
        json_extract(e.record, '$.attributes') AS attributes,
        coalesce(s.source, 'hand') AS origin,
        coalesce(json_extract(o.record, '$.outcome'), 'added') AS outcome
    FROM entries AS e JOIN documents AS d ON d.id = e.document_id {_ORIGIN}
    WHERE e.kind = 'event'
    """,
    f"""
    CREATE VIEW arguments AS
    SELECT e.annotator, e.document_id, e.id AS event_id,
        json_extract(e.record, '$.type') AS type,
        json_extract(a.value, '$.role') AS role,
        t.id AS target, t.kind AS target_kind,
        {_words(_ranges("t.kind", "t.record"))} AS target_text
    FROM entries AS e JOIN documents AS d ON d.id = e.document_id
        JOIN json_each(e.record, '$.arguments') AS a
        LEFT JOIN entries AS t ON t.annotator = e.annotator AND t.document_id = e.document_id
            AND t.kind IN ('entity', 'event') AND t.id = json_extract(a.value, '$.target')
    WHERE e.kind = 'event'
    """,
    f"""
    CREATE VIEW decisions AS
    SELECT e.annotator, e.document_id, e.id AS suggestion, s.kind,
        coalesce(json_extract(s.item, '$.label'), json_extract(s.item, '$.type')) AS label,
        {_words(_ranges("s.kind", "s.item"))} AS text,
        s.source, s.score, json_extract(e.record, '$.outcome') AS outcome
    FROM entries AS e JOIN documents AS d ON d.id = e.document_id
        LEFT JOIN suggestions AS s ON s.document_id = e.document_id AND s.id = e.id
    WHERE e.kind = 'decision'
    """,
    """
    CREATE VIEW progress AS
    SELECT document_id, annotator,
        sum(kind = 'entity') AS entities,
        sum(kind = 'event') AS events,
        sum(kind = 'decision') AS decided,
        max(kind = 'flag' AND id = 'done') AS done
    FROM entries GROUP BY annotator, document_id
    """,
)

STATEMENTS = (*TABLES, *TRIGGERS, *VIEWS)

INNER = "documents_search_"
"""How the tables begin that SQLite keeps for the search; their SQL differs between its versions."""
