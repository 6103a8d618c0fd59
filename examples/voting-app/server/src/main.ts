import { createServer } from "node:http";
import express from "express";
import helmet from "helmet";
import { pino } from "pino";

const log = pino();
const app = express().use(helmet());

app.get("/healthz", (_request, response) => {
  response.json({ status: "ok" });
});

createServer(app).listen(8080, () => log.info("listening on 8080"));
