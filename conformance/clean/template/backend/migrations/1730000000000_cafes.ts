import type { MigrationBuilder } from "node-pg-migrate";

export async function up(pgm: MigrationBuilder): Promise<void> {
  pgm.createTable("cafes", { id: { type: "uuid", primaryKey: true }, name: { type: "text", notNull: true } });
}

export async function down(pgm: MigrationBuilder): Promise<void> {
  pgm.dropTable("cafes");
}
