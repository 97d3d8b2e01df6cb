/** The agent desk, at `/desk` of the emulator. */
import { render } from "preact";
import { startDesk } from "../src/desk/desk.ts";
import { createDeskApi } from "../src/desk/desk-api.ts";
import { DeskPage } from "../src/desk/desk-page.tsx";

const page = document.getElementById("page");
const desk = startDesk(createDeskApi(), (path) => new EventSource(path));
if (page) render(<DeskPage desk={desk} />, page);
