"""The tables of both databases, as the migrations in storage.schema make them. Released ones never change."""

from __future__ import annotations

CONTACTS_TABLES = """
CREATE TABLE teams (
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  contact TEXT,
  huisartsenpost TEXT,
  strict INTEGER NOT NULL DEFAULT 0 CHECK (strict IN (0, 1)),
  period INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE participants (
  by_id BLOB PRIMARY KEY CHECK (length(by_id) = 16),
  by_chat BLOB NOT NULL UNIQUE,
  team TEXT NOT NULL REFERENCES teams (id),
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX participants_team ON participants (team);
CREATE TABLE groups (
  team TEXT PRIMARY KEY REFERENCES teams (id),
  lookup BLOB NOT NULL UNIQUE,
  chat BLOB NOT NULL,
  joins_to_tell INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE invitations (
  code_hash BLOB PRIMARY KEY,
  team TEXT NOT NULL REFERENCES teams (id),
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE failed_tries (
  lookup BLOB PRIMARY KEY,
  tries INTEGER NOT NULL,
  last_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE moments (
  team TEXT NOT NULL REFERENCES teams (id),
  period INTEGER NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (team, period)
) STRICT, WITHOUT ROWID;
CREATE TABLE restored (
  team TEXT PRIMARY KEY REFERENCES teams (id),
  period INTEGER NOT NULL,
  copied_on TEXT NOT NULL,
  told_on TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE asks (
  id INTEGER PRIMARY KEY,
  team TEXT NOT NULL REFERENCES teams (id),
  period INTEGER NOT NULL,
  dialogue TEXT NOT NULL,
  day TEXT NOT NULL
) STRICT;
CREATE TABLE outbox (
  key BLOB PRIMARY KEY CHECK (length(key) = 16),
  team TEXT NOT NULL REFERENCES teams (id),
  period INTEGER NOT NULL,
  owner BLOB NOT NULL CHECK (length(owner) = 16),
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'dropped')),
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_owner ON outbox (owner);
CREATE INDEX outbox_state ON outbox (state);
CREATE TABLE open_prompts (
  key BLOB PRIMARY KEY CHECK (length(key) = 16),
  team TEXT NOT NULL REFERENCES teams (id),
  period INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE editions (
  team TEXT NOT NULL REFERENCES teams (id),
  period INTEGER NOT NULL,
  dialogue TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (team, period, dialogue)
) STRICT, WITHOUT ROWID;
CREATE TABLE dialogue_texts (
  dialogue TEXT NOT NULL,
  version INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (dialogue, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE seen_updates (
  id INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE failed_updates (
  id INTEGER PRIMARY KEY,
  tries INTEGER NOT NULL,
  error TEXT NOT NULL
) STRICT;
"""

ANSWERS_TABLES = """
CREATE TABLE periods (
  team TEXT NOT NULL,
  number INTEGER NOT NULL,
  opened TEXT NOT NULL,
  round_seconds INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'done')),
  PRIMARY KEY (team, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_open_period ON periods (team) WHERE state = 'open';
CREATE TABLE answers (
  key BLOB PRIMARY KEY CHECK (length(key) = 16),
  team TEXT NOT NULL,
  period INTEGER NOT NULL,
  round INTEGER NOT NULL,
  dialogue TEXT NOT NULL,
  question TEXT NOT NULL,
  option TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE texts (
  key BLOB PRIMARY KEY CHECK (length(key) = 16),
  team TEXT NOT NULL,
  period INTEGER NOT NULL,
  round INTEGER NOT NULL,
  dialogue TEXT NOT NULL,
  question TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('masked', 'shared')),
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE VIEW kept AS
  SELECT key, team, period, round, dialogue, question, 'choice' AS kind, option AS value FROM answers
  UNION ALL
  SELECT key, team, period, round, dialogue, question, kind, text AS value FROM texts;
CREATE TABLE awaiting (
  key BLOB PRIMARY KEY CHECK (length(key) = 16),
  team TEXT NOT NULL,
  period INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE releases (
  team TEXT NOT NULL,
  period INTEGER NOT NULL,
  feedback TEXT NOT NULL,
  PRIMARY KEY (team, period)
) STRICT, WITHOUT ROWID;
"""

FREE_DAYS_TABLE = """
CREATE TABLE free_days (
  team TEXT NOT NULL REFERENCES teams (id),
  first TEXT NOT NULL,
  last TEXT NOT NULL CHECK (first <= last),
  PRIMARY KEY (team, first, last)
) STRICT, WITHOUT ROWID
"""

PLANS_TABLES = """
CREATE TABLE plans (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  team TEXT NOT NULL REFERENCES teams (id),
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX plans_team ON plans (team);
CREATE TABLE posted (
  team TEXT NOT NULL REFERENCES teams (id),
  occasion TEXT NOT NULL,
  day TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('sending', 'sent')),
  PRIMARY KEY (team, occasion)
) STRICT, WITHOUT ROWID
"""
