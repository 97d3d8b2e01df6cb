/** Writes the published JSON Schema files from the built schemas. */
import { writeFileSync } from "node:fs";
import { jsonSchema } from "../dist/json-schema.js";

for (const name of ["content", "message"]) {
  const file = new URL(`../schema/${name}.schema.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(jsonSchema(name), undefined, 2)}\n`);
}
