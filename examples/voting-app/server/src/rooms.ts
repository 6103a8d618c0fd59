import type { Pool } from "pg";

export interface Room {
  id: string;
  code: string;
}

/** Finds an open room by the code on the poster. */
export async function findRoom(pool: Pool, code: string): Promise<Room | undefined> {
  const found = await pool.query<Room>("SELECT id, code FROM rooms WHERE code = $1", [code]);
  return found.rows[0];
}
