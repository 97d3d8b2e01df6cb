/** The designer, at `/designer`. */
import { render } from "preact";
import { DesignerPage } from "../src/designer/designer-page.tsx";

const page = document.getElementById("page");
page?.replaceChildren();
if (page) render(<DesignerPage origin={location.origin} />, page);
