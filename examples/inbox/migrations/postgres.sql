CREATE TABLE deliveries (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider TEXT NOT NULL,
    event_type TEXT NOT NULL,
    delivery_id TEXT NOT NULL,
    -- What the event is about, where its provider's deliveries are handed over in order; empty otherwise.
    entity TEXT NOT NULL,
    captured TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    -- waiting, running, handled, dead, discarded
    state TEXT NOT NULL DEFAULT 'waiting',
    -- Of a waiting one, when it may be handed over; of a running one, when its worker counts as dead.
    due_at BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    -- How often it was ever claimed: tells a claim from every other.
    claims BIGINT NOT NULL DEFAULT 0,
    finished_at BIGINT NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    UNIQUE (provider, delivery_id, event_type)
);

CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state IN ('waiting', 'running');
CREATE INDEX deliveries_entity ON deliveries (provider, entity, id) WHERE entity <> '' AND state IN ('waiting', 'running');
CREATE INDEX deliveries_finished ON deliveries (finished_at) WHERE state IN ('handled', 'discarded');
CREATE INDEX deliveries_dead ON deliveries (id) WHERE state = 'dead';
