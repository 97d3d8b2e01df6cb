/** The phones of a vendor's customers, at `/phone` of its stand-in. */
import { render } from "preact";
import { createStandInApi } from "../src/vendor-phone/stand-in-api.ts";
import { VendorPhonePage } from "../src/vendor-phone/vendor-phone-page.tsx";

const page = document.getElementById("page");
// Within another page, such as the agent desk, that page says whose phone it is.
const isAlone = window.parent !== window;
if (page) render(<VendorPhonePage api={createStandInApi()} isAlone={isAlone} />, page);
