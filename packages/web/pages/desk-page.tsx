/** The agent desk, at `/desk` of the emulator. */
import { render } from "preact";
import { startDesk } from "../src/desk/desk.ts";
import { createDeskApi } from "../src/desk/desk-api.ts";
import { DeskPage } from "../src/desk/desk-page.tsx";

// What may stand in a frame is told with the page: of customers who came later only a page loaded anew shows the phones.
addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
  if (effectiveDirective === "frame-src") location.reload();
});

const page = document.getElementById("page");
const desk = startDesk(createDeskApi(), (path) => new EventSource(path));
if (page) render(<DeskPage desk={desk} />, page);
