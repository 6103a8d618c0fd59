CREATE TABLE rounds (
    id        uuid PRIMARY KEY,
    room_id   uuid NOT NULL REFERENCES rooms,
    songs     text[] NOT NULL CHECK (cardinality(songs) BETWEEN 2 AND 5),
    opened_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz
);

CREATE TABLE votes (
    round_id uuid NOT NULL REFERENCES rounds,
    guest_id uuid NOT NULL,
    song     smallint NOT NULL,
    cast_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (round_id, guest_id)
);
