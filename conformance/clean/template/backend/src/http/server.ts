import cors from "cors";
import express from "express";
import helmet from "helmet";

const origins = (process.env.ALLOWED_ORIGINS ?? "").split(",");

export const app = express();
app.use(helmet());
app.use(cors({ origin: origins, credentials: true }));
