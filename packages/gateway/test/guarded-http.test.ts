import type { LookupAddress } from "node:dns";
import { createServer, type RequestListener } from "node:http";
import { afterEach, expect, test } from "vitest";
import { listen, stopListening } from "../../../testing/listen.ts";
import { hasSharedData, readSharedJson } from "../../../testing/shared-data.ts";
import type { Dial } from "../src/guarded-http/guarded-connector.ts";
import { createGuardedHttp, type GuardedHttp } from "../src/guarded-http/guarded-http.ts";
import { isPublicAddress } from "../src/guarded-http/public-address.ts";
import { TargetRefusedError } from "../src/guarded-http/target-refused-error.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A client that dials nothing: it notes the addresses it would have dialled. */
function withoutNetwork(answers: Record<string, string[]>, rules = { allowPrivate: false, allowHttp: true }) {
  const dialled: string[] = [];
  const asked: string[] = [];
  const dial: Dial = (addresses, _, callback) => {
    dialled.push(...addresses.map(({ address }) => address));
    callback(Object.assign(new Error("not dialled"), { code: "ECONNREFUSED" }), null);
  };
  const resolveHost = async (hostname: string): Promise<LookupAddress[]> => {
    asked.push(hostname);
    const found = answers[hostname] ?? ["93.184.216.34"];
    return found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  };
  const http = createGuardedHttp({ rules, resolveHost, dial });
  closing.push(() => http.close());
  return { http, dialled, asked };
}

const post = (http: GuardedHttp, url: string, signal = new AbortController().signal) =>
  http.post({ url, headers: { "content-type": "application/json" }, body: "{}", signal });

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  closing.push(() => stopListening(server));
  return (await listen(server)).url;
}

function openHttp(): GuardedHttp {
  const http = createGuardedHttp({ rules: { allowPrivate: true, allowHttp: true } });
  closing.push(() => http.close());
  return http;
}

interface SsrfVectors {
  cases: { url: string; expect: "allow" | "block"; dns?: string[][]; redirect?: string }[];
}
const vectors = "vectors/ssrf.json";

test.skipIf(!hasSharedData(vectors))(
  "dials what is public, and nothing that leads into a network",
  async () => {
    const { cases } = readSharedJson<SsrfVectors>(vectors);
    for (const { url, expect: expected, dns, redirect } of cases) {
      // What a redirect leads to is never connected to: another test sees to that.
      if (redirect) continue;
      const host = URL.canParse(url) ? new URL(url).hostname : "";
      const { http, dialled } = withoutNetwork({
        "localhost.": ["127.0.0.1"],
        ...(dns?.[0] ? { [host]: dns[0] } : {}),
      });

      const error: unknown = await post(http, url).catch((reason: unknown) => reason);

      expect(dialled.length > 0, url).toBe(expected === "allow");
      expect(error instanceof TargetRefusedError, url).toBe(expected === "block");
    }
  },
);

test("takes an address for public only where it belongs to the internet", () => {
  const refused = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.8.8.8",
    "168.63.129.16",
    "169.254.1.1",
    "172.16.0.1",
    "192.0.0.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:808:808::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "localhost",
    "1.2.3",
    "0x7f.1",
    "",
  ];
  const allowed = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"];

  expect(refused.filter(isPublicAddress)).toEqual([]);
  expect(allowed.filter(isPublicAddress)).toEqual(allowed);
});

test("dials the addresses that it checked, however the name leads elsewhere a moment later", async () => {
  const answers: Record<string, string[]> = { "rebind.test": ["93.184.216.34"] };
  const { http, dialled, asked } = withoutNetwork(answers);

  await expect(post(http, "https://rebind.test/")).rejects.toThrow("not dialled");
  answers["rebind.test"] = ["10.0.0.1"];
  await expect(post(http, "https://rebind.test/")).rejects.toThrow(TargetRefusedError);
  answers["rebind.test"] = ["93.184.216.34", "::1"];
  await expect(post(http, "https://rebind.test/")).rejects.toThrow(TargetRefusedError);

  expect(asked).toEqual(["rebind.test", "rebind.test", "rebind.test"]);
  expect(dialled).toEqual(["93.184.216.34"]);
});

test("uses http: and private addresses only where the operator allows them", async () => {
  const plain = withoutNetwork({}, { allowPrivate: false, allowHttp: false });
  await expect(post(plain.http, "http://example.com/")).rejects.toThrow("https:");
  const open = withoutNetwork({}, { allowPrivate: true, allowHttp: false });
  await expect(post(open.http, "https://192.168.0.7/")).rejects.toThrow("not dialled");
  await expect(post(open.http, "https://localhost/")).rejects.toThrow("not dialled");

  expect(plain.dialled).toEqual([]);
  expect(open.dialled).toEqual(["192.168.0.7", "93.184.216.34"]);
});

test("follows no redirect", async () => {
  const asked: (string | undefined)[] = [];
  const url = await serve((request, answer) => {
    asked.push(request.url);
    answer.writeHead(302, { location: "/elsewhere", "retry-after": "7" }).end();
  });

  expect(await post(openHttp(), `${url}/hook`)).toEqual({ status: 302, retryAfter: "7" });
  expect(asked).toEqual(["/hook"]);
});

test("reads no more than a little of an answer, and heeds its status alone", async () => {
  let written = 0;
  const url = await serve((request, answer) => {
    answer.writeHead(200);
    if (request.url === "/broken-off") {
      answer.write("a part", () => answer.destroy());
      return;
    }
    const writeOn = () => {
      while (!answer.destroyed && answer.write(Buffer.alloc(65_536))) written += 65_536;
    };
    answer.on("drain", writeOn);
    writeOn();
  });
  const http = openHttp();

  expect(await post(http, `${url}/endless`)).toMatchObject({ status: 200 });
  expect(await post(http, `${url}/broken-off`)).toMatchObject({ status: 200 });
  expect(written).toBeLessThan(64 * 1024 * 1024);
});

test("ends a request at its signal", async () => {
  const leave = new AbortController();
  const url = await serve(() => leave.abort(new Error("too late")));

  await expect(post(openHttp(), url, leave.signal)).rejects.toThrow("too late");
});

test("reaches a server by the address that its name was checked for", async () => {
  const url = new URL(await serve((request, answer) => answer.end(request.headers.host)));
  const http = createGuardedHttp({
    rules: { allowPrivate: true, allowHttp: true },
    resolveHost: async () => [{ address: "127.0.0.1", family: 4 }],
  });
  closing.push(() => http.close());

  expect(await post(http, `http://receiver.test:${url.port}/`)).toMatchObject({ status: 200 });
});
