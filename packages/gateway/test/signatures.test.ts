import { createHash, randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { hasSharedData, readSharedJson } from "../../../testing/shared-data.ts";
import { verifyHubSignature } from "../src/signatures/hub-signature.ts";
import { createSigningSecret, webhookHeaders } from "../src/subscriptions/webhook-signature.ts";

interface HubVectors {
  secret: string;
  cases: { name: string; bodyBase64: string; header: string | null; expect: string }[];
}
interface KnownSignatures {
  cases: {
    name: string;
    secret: string;
    body: string;
    hex: string;
    id: string;
    timestamp: number;
    signature: string;
  }[];
}

const hubVectors = "vectors/hub-signature.json";
const knownVectors = "vectors/known-signatures.json";

test.skipIf(!hasSharedData(hubVectors))(
  "accepts and rejects the signatures of Genesys Cloud's webhooks",
  () => {
    const { secret, cases } = readSharedJson<HubVectors>(hubVectors);
    const accepted = cases.filter(
      ({ bodyBase64, header }) => verifyHubSignature(Buffer.from(bodyBase64, "base64"), header, secret).ok,
    );

    expect(cases.length).toBeGreaterThan(15);
    expect(accepted.map(({ name }) => name)).toEqual(
      cases.filter((vector) => vector.expect === "accept").map(({ name }) => name),
    );
  },
);

// The file's PKCE vector differs from RFC 7636, appendix B, in one letter; the test of consent has the RFC's own.
test.skipIf(!hasSharedData(knownVectors))("signs and verifies what others publish as examples", () => {
  const { cases } = readSharedJson<KnownSignatures>(knownVectors);
  const find = (name: string) => cases.find((vector) => vector.name === name) as KnownSignatures["cases"][0];
  const standard = find("standard-webhooks");
  const github = find("github");
  const base64 = Buffer.from(github.hex, "hex").toString("base64");

  expect(
    webhookHeaders({ id: standard.id, sentAt: standard.timestamp * 1000, body: standard.body }, [
      { secret: standard.secret },
    ])["webhook-signature"],
  ).toBe(standard.signature);
  expect(verifyHubSignature(Buffer.from(github.body), `sha256=${base64}`, github.secret)).toEqual({
    ok: true,
  });
  expect(verifyHubSignature(Buffer.from(github.body), `sha256=${github.hex}`, github.secret)).toMatchObject({
    fault: "hex",
  });
});

test("says what is wrong with a signature", () => {
  const body = Buffer.from('{"id":"m1"}');
  const digest = createHash("sha256").update(body).digest();
  const fault = (header: string | undefined, secret = "secret") => {
    const result = verifyHubSignature(body, header, secret);
    return result.ok ? undefined : result;
  };

  expect(fault(undefined)).toMatchObject({ fault: "missing" });
  expect(fault(`sha1=${digest.toString("base64")}`)).toMatchObject({ fault: "malformed" });
  expect(fault(`sha256=${digest.toString("hex")}`)?.message).toContain("hexadecimal");
  expect(fault(`sha256=${digest.toString("base64")}`)?.message).toContain("JSON written anew");
  expect(fault(`sha256=${digest.toString("base64")}`, "")).toMatchObject({ fault: "no-secret" });
});

test("signs webhooks so that the scheme's own library verifies them, with each secret that has not expired", () => {
  const [present, previous, expired] = [createSigningSecret(), createSigningSecret(), createSigningSecret()];
  const sentAt = Date.now();
  const body = JSON.stringify({ text: "Grüße 👋" });
  const headers = webhookHeaders({ id: "msg_1", sentAt, body }, [
    { secret: present },
    { secret: previous, expiresAt: sentAt + 1 },
    { secret: expired, expiresAt: sentAt },
  ]);

  expect(headers["webhook-signature"]?.split(" ")).toHaveLength(2);
  for (const secret of [present, previous]) {
    expect(new Webhook(secret).verify(body, headers)).toEqual({ text: "Grüße 👋" });
  }
  expect(() => new Webhook(expired).verify(body, headers)).toThrow();
  expect(() => new Webhook(present).verify(`${body} `, headers)).toThrow();
  expect(Buffer.from(present.slice("whsec_".length), "base64")).toHaveLength(randomBytes(32).length);
});
