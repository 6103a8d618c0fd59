import { test } from "vitest";

test.todo("a café that was opened is listed");
