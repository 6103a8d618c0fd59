import { io } from "socket.io-client";

/** Joins a room by the code on the poster. */
export function join(code: string) {
  return io("/rooms", { auth: { code } });
}
