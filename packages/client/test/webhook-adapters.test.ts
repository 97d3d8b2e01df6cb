import { createServer, type RequestListener, type Server } from "node:http";
import type { WebhookOptions } from "@quickcard/client";
import { webhook as expressWebhook } from "@quickcard/client/express";
import { webhook as fastifyWebhook } from "@quickcard/client/fastify";
import { webhook as honoWebhook } from "@quickcard/client/hono";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { listen, stopListening } from "../../../testing/listen.ts";
import { secret, sentAt, signed, tapEvent } from "./fixtures/signed-webhook.ts";

interface Served extends AsyncDisposable {
  post(body: string, headers?: Record<string, string>): Promise<Response>;
}

type Serve = (options: WebhookOptions) => Promise<Served>;

async function start(listener: RequestListener): Promise<Served> {
  const server = createServer(listener);
  const { url } = await listen(server);
  return served(server, url);
}

function served(server: Server, url: string): Served {
  return {
    post: (body, headers = signed(body)) =>
      fetch(`${url}/webhooks`, {
        method: "POST",
        headers: { "content-type": "application/json; charset=utf-8", ...headers },
        body,
      }),
    [Symbol.asyncDispose]: () => stopListening(server),
  };
}

const frameworks: Record<string, Serve> = {
  async hono(options) {
    const app = new Hono();
    app.post("/webhooks", honoWebhook(options));
    app.onError((_error, context) => context.body(null, 500));
    return {
      post: async (body, headers = signed(body)) =>
        app.request("/webhooks", { method: "POST", headers, body }),
      async [Symbol.asyncDispose]() {},
    };
  },
  express(options) {
    const app = express();
    app.post("/webhooks", expressWebhook(options));
    app.use(express.json());
    return start(app);
  },
  "express with raw()": (options) => {
    const app = express();
    app.post("/webhooks", express.raw({ type: "*/*", limit: "2mb" }), expressWebhook(options));
    return start(app);
  },
  async fastify(options) {
    const app = fastify();
    app.post("/other", async ({ body }) => body);
    await app.register(fastifyWebhook({ url: "/webhooks", ...options }));
    const url = await app.listen({ port: 0, host: "127.0.0.1" });
    const other = await app.inject({ method: "POST", url: "/other", payload: { parsed: "as ever" } });
    expect(other.json()).toEqual({ parsed: "as ever" });
    return served(app.server, url);
  },
};

test.each(Object.entries(frameworks))("%s: verifies, handles and refuses", async (_, serve) => {
  const values: string[] = [];
  const errors: unknown[] = [];
  await using app = await serve({
    secret,
    now: () => sentAt,
    onTap: ({ value }) => {
      if (values.push(value) > 1) throw new Error("the second fails");
    },
    onError: (error) => void errors.push(error),
  });
  const body = JSON.stringify(tapEvent);

  const taken = await app.post(body);
  const refused = await app.post(body.replace("support", "billing"), signed(body));
  const failed = await app.post(body);

  expect([taken.status, refused.status, failed.status]).toEqual([204, 401, 500]);
  expect(await refused.json()).toMatchObject({ code: "invalid_signature", reason: "no_match" });
  expect(values).toEqual(["support", "support"]);
  expect(errors).toMatchObject([{ reason: "no_match" }, { message: "the second fails" }]);
});

test.each(Object.entries(frameworks))(
  "%s: an error goes to the framework where nobody is told of it",
  async (_, serve) => {
    await using app = await serve({
      secret,
      now: () => sentAt,
      onTap: () => {
        throw new Error("it fails");
      },
    });

    expect((await app.post(JSON.stringify(tapEvent))).status).toBe(500);
  },
);

test.each(["hono", "express", "fastify"])(
  "%s: reads no more of a body than a webhook can have",
  async (name) => {
    await using app = await (frameworks[name] as Serve)({ secret, now: () => sentAt });

    expect((await app.post("x".repeat(1_048_577))).status).toBe(413);
  },
);

test("express: a body that was parsed before is told as the mistake that it is", async () => {
  const app = express();
  let told: unknown;
  app.use(express.json());
  app.post("/webhooks", expressWebhook({ secret, now: () => sentAt }));
  app.use((error: unknown, _request: unknown, response: express.Response, _next: unknown) => {
    told = error;
    response.status(500).end();
  });
  await using server = await start(app);

  await server.post(JSON.stringify(tapEvent));

  expect(told).toMatchObject({ code: "invalid_argument", fix: expect.stringContaining("express.json()") });
});
