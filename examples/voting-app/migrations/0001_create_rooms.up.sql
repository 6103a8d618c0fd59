CREATE TABLE rooms (
    id         uuid PRIMARY KEY,
    code       char(6) NOT NULL UNIQUE,
    host_key   bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
