DROP TABLE votes;
DROP TABLE rounds;
