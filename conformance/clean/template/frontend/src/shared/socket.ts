import { io } from "socket.io-client";

export const socket = io({ reconnectionDelayMax: 5000 });
