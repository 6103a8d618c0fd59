import { expect, test } from "vitest";
import { roomOf } from "../../src/realtime/rooms.js";

test("a café has a room of its own", () => {
  expect(roomOf("a")).not.toBe(roomOf("b"));
});
