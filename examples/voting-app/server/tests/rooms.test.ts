import { expect, test } from "vitest";
import { findRoom } from "../src/rooms.js";

test("an unknown code finds no room", async () => {
  const pool = { query: async () => ({ rows: [] }) };
  expect(await findRoom(pool as never, "AAAAAA")).toBeUndefined();
});
