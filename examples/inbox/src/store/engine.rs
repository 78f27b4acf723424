//! What differs between the two databases.

/// Of an entity, nothing is claimed that came after what is not finished, or while another worker has something.
macro_rules! claim {
    ($before:literal, $after:literal) => {
        concat!(
            "UPDATE deliveries SET state = 'running', claims = claims + 1, attempts = attempts + 1, due_at = $1
             WHERE id ",
            $before,
            "SELECT id FROM deliveries AS due
                WHERE state IN ('waiting', 'running') AND (due_at <= $2 OR due_at > $3)
                AND (entity = '' OR NOT EXISTS (SELECT 1 FROM deliveries AS other
                    WHERE other.provider = due.provider AND other.entity = due.entity AND other.entity <> ''
                    AND other.state IN ('waiting', 'running') AND other.id <> due.id
                    AND (other.id < due.id OR other.state = 'running' AND other.due_at > $2 AND other.due_at <= $3)))
                ORDER BY due_at LIMIT $4",
            $after,
            " RETURNING id, provider, event_type, delivery_id, captured, attempts, claims"
        )
    };
}

/// A database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub(super) fn of(url: &str) -> Self {
        if url.starts_with("sqlite:") { Self::Sqlite } else { Self::Postgres }
    }

    pub(super) fn migration(self) -> &'static str {
        match self {
            Self::Sqlite => include_str!("../../migrations/sqlite.sql"),
            Self::Postgres => include_str!("../../migrations/postgres.sql"),
        }
    }

    /// What is answered with success survives a power failure. An insert has one plan, whatever its values.
    pub(super) fn setup_keeping(self) -> &'static str {
        match self {
            Self::Sqlite => "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL",
            Self::Postgres => "SET synchronous_commit = on; SET plan_cache_mode = force_generic_plan",
        }
    }

    /// An effect and its acknowledgement survive a power failure together or not at all. Then the effect is had again,
    /// which is no second time. Nothing is waited for.
    pub(super) fn setup_working(self) -> &'static str {
        match self {
            Self::Sqlite => "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL",
            Self::Postgres => "SET synchronous_commit = off",
        }
    }

    /// SQLite cannot turn a transaction that has read into one that writes once somebody else has written.
    pub(super) fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// Takes what is due from under other workers' hands. What is due later than anything can be is due, too: the clock
    /// was ahead when that was written.
    pub(super) fn claim(self) -> &'static str {
        match self {
            Self::Sqlite => claim!("IN (", ")"),
            // An array is made once; a subquery might be run, and would lock, again for each row.
            Self::Postgres => claim!("= ANY(ARRAY(", " FOR UPDATE SKIP LOCKED))"),
        }
    }

    /// Before a claim in order: PostgreSQL would not show it what another worker claims at the same time.
    pub(super) fn claim_in_turn(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("SELECT pg_advisory_xact_lock(7305843)"),
        }
    }
}
