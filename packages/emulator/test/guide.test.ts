import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { startOrganisation } from "./start-emulator.ts";

const guide = new URL("../../../docs/guides/genesys-cloud-on-your-laptop.md", import.meta.url);

/** The commands under a heading of the guide. */
function commandsUnder(heading: string): string {
  const [, section = ""] = readFileSync(guide, "utf8").split(`## ${heading}\n`);
  return /```sh\n(.*?)```/s.exec(section)?.[1] ?? "";
}

test("the guide's middleware by hand: a customer's hello is answered on the webhook", async () => {
  const { emulator, middleware, close } = await startOrganisation();
  await emulator.listen({ port: 0 });
  const commands = commandsUnder("With a middleware of your own")
    .replace("http://127.0.0.1:4480", emulator.url)
    .replace("http://127.0.0.1:8080/webhook", middleware.url);

  await promisify(execFile)("bash", ["-euo", "pipefail", "-c", commands]);

  await middleware.until(1);
  expect(middleware.received[0]?.body).toMatchObject({
    text: "How can I help?",
    channel: { to: { id: "ada" } },
  });
  await close();
});
