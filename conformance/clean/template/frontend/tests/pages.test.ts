import { test } from "vitest";

test.todo("both pages can be opened");
