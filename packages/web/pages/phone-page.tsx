/** The phones of a vendor's customers, at `/phone` of its stand-in. */
import { render } from "preact";
import { createStandInApi } from "../src/vendor-phone/stand-in-api.ts";
import { VendorPhonePage } from "../src/vendor-phone/vendor-phone-page.tsx";

const page = document.getElementById("page");
if (page) render(<VendorPhonePage api={createStandInApi()} />, page);
