import { createHash } from "node:crypto";
import { createLine, createTelegram, createWhatsApp, type StandIn } from "@quickcard/emulator/vendors";
import { expect, test } from "vitest";
import { clock, day, startProgram } from "./vendor-program.ts";

const bytes = Buffer.from("the bytes of a picture");
const picture = {
  kind: "image",
  url: `data:image/png;base64,${bytes.toString("base64")}`,
  mimeType: "image/png",
} as const;

const get = (standIn: StandIn, url: string, token = "token") =>
  standIn.fetch(
    new Request(new URL(url, "https://vendor.test"), { headers: { authorization: `Bearer ${token}` } }),
  );

test("WhatsApp tells for five minutes where a medium is, for a week that it is there, and gives it to its token", async () => {
  await using program = await startProgram();
  const { time, world } = clock();
  const whatsApp = createWhatsApp({ accessToken: "token", appSecret: "secret", ...world });
  await whatsApp.subscribe({ url: program.url, verifyToken: "verify" });
  whatsApp.customer("4915112345678").sendMedia(picture);
  await whatsApp.settled();
  const { image } = JSON.parse(program.taken[0]?.body ?? "").entry[0].changes[0].value.messages[0];
  const place = `/v23.0/${image.id}?phone_number_id=${whatsApp.phoneNumberId}`;

  const told = (await (await get(whatsApp, place)).json()) as { url: string };
  expect(told).toMatchObject({
    mime_type: "image/png",
    file_size: bytes.byteLength,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    messaging_product: "whatsapp",
  });
  const given = await get(whatsApp, told.url);
  expect(Buffer.from(await given.arrayBuffer())).toEqual(bytes);
  expect(given.headers.get("content-type")).toBe("image/png");
  expect((await get(whatsApp, told.url, "another")).status).toBe(401);
  expect((await get(whatsApp, "/v23.0/17")).status).toBe(400);
  time.now += 5 * 60_000;
  expect((await get(whatsApp, told.url)).status).toBe(404);
  expect((await get(whatsApp, place)).status).toBe(200);
  time.now += 7 * day;
  expect((await get(whatsApp, place)).status).toBe(400);
});

test("Telegram tells where a file is below its token, and of none over 20 MB", async () => {
  await using program = await startProgram();
  const telegram = createTelegram({ token: "42:secret", ...clock().world });
  await telegram.fetch(
    new Request("https://vendor.test/bot42:secret/setWebhook", {
      method: "POST",
      body: JSON.stringify({ url: program.url }),
    }),
  );
  telegram.customer("77001").sendMedia(picture);
  const huge = `data:application/zip;base64,${Buffer.alloc(20 * 1024 * 1024 + 1).toString("base64")}`;
  telegram.customer("77001").sendMedia({ kind: "file", url: huge });
  await telegram.settled();
  const [photo, file] = program.taken.map(({ body }) => JSON.parse(body).message);
  const ask = async (id: string) => {
    const answer = await get(telegram, `/bot42:secret/getFile?file_id=${id}`);
    // biome-ignore lint/suspicious/noExplicitAny: Telegram's own answer.
    return { status: answer.status, ...((await answer.json()) as any) };
  };

  const told = await ask(photo.photo[0].file_id);
  const given = await get(telegram, `/file/bot42:secret/${told.result.file_path}`);
  expect(Buffer.from(await given.arrayBuffer())).toEqual(bytes);
  expect(told.result.file_size).toBe(bytes.byteLength);
  expect(await ask(file.document.file_id)).toMatchObject({
    status: 400,
    description: "Bad Request: file is too big",
  });
  expect(await ask("unknown")).toMatchObject({ status: 400, ok: false });
  expect((await get(telegram, "/file/bot42:secret/photos/unknown")).status).toBe(404);
  expect((await get(telegram, `/file/bot42:other/${told.result.file_path}`)).status).toBe(401);
});

test("LINE gives out what customers sent by the message's id", async () => {
  await using program = await startProgram();
  const line = createLine({ channelAccessToken: "token", channelSecret: "secret", ...clock().world });
  line.subscribe(program.url);
  line.customer(`U${"a".repeat(32)}`).sendMedia(picture);
  await line.settled();
  const { id } = JSON.parse(program.taken[0]?.body ?? "").events[0].message;

  const given = await get(line, `/v2/bot/message/${id}/content`);
  expect(Buffer.from(await given.arrayBuffer())).toEqual(bytes);
  expect(given.headers.get("content-type")).toBe("image/png");
  expect((await get(line, "/v2/bot/message/17/content")).status).toBe(404);
  expect((await get(line, `/v2/bot/message/${id}/content`, "another")).status).toBe(401);
});
