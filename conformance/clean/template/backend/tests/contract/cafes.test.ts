import { test } from "vitest";

test.todo("the list of cafés keeps its contract");
