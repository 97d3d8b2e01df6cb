import { join } from "node:path";
import type { LogLevel } from "@quickcard/gateway";
import { Option } from "commander";
import { wholeNumber } from "../arguments/number-option.ts";
import { dataDirectory } from "../gateway/data-directory.ts";
import { addPlaceOptions, gatewayPlace, type PlaceOptions, placeName } from "../gateway/gateway-place.ts";
import { addLinkOptions, type LinkOptions, readLink } from "../gateway/genesys-cloud-link.ts";
import type { Invocation, QuickcardCommand } from "../quickcard-command.ts";
import { text } from "../terminal/terminal-text.ts";
import { untilAborted } from "../until-aborted.ts";

const logLevels: LogLevel[] = ["silent", "error", "warn", "info", "debug"];

interface ServeOptions extends PlaceOptions, LinkOptions {
  port: number;
  host: string;
  rateLimit: number;
  allowHttp?: boolean;
  allowPrivateTargets?: boolean;
  allowHttpTargets?: boolean;
  publicUrl?: string;
  metricsPort?: number;
  retentionDays?: number;
  logLevel: LogLevel;
}

/** Declares `quickcard serve`. */
export function addServe(parent: QuickcardCommand): void {
  const command = parent
    .command("serve")
    .summary("run the gateway")
    .description(
      "Run the gateway: the contacts API, and the customers' chat page. It stops on Ctrl-C or SIGTERM once requests under way are done; a second Ctrl-C stops it at once. Other channels than the web are set up by variables of the environment, named QUICKCARD_WHATSAPP_… and so on: docs/reference/channel-settings.md has them all.",
    )
    .option(
      "--port <number>",
      "port to listen on; 0 takes a free one",
      wholeNumber("--port", 0, 65_535),
      4400,
    )
    .option("--host <address>", "address to listen on; 0.0.0.0 for all", "127.0.0.1");
  addPlaceOptions(command);
  addLinkOptions(command)
    .option(
      "--rate-limit <number>",
      "requests a minute for each token",
      wholeNumber("--rate-limit", 1, 1_000_000),
      300,
    )
    .option("--allow-http", "let messages name http: addresses, for tests")
    .option("--allow-private-targets", "let webhooks go to private addresses")
    .option("--allow-http-targets", "let webhooks go to http: addresses")
    .option(
      "--retention-days <number>",
      "remove finished messages after so many days; kept for ever unless told",
      wholeNumber("--retention-days", 1, 36_500),
    )
    .option("--public-url <url>", "what customers' links begin with, behind a proxy")
    .option(
      "--metrics-port <number>",
      "port of /metrics for Prometheus, at the same address; none unless told",
      wholeNumber("--metrics-port", 0, 65_535),
    )
    .addOption(new Option("--log-level <level>", "what to log on stderr").choices(logLevels).default("warn"))
    .example("quickcard serve")
    .example("quickcard serve --port 8080 --data /var/lib/quickcard --log-level info")
    .example("quickcard serve --database postgres://db.example.com/quickcard")
    .example("quickcard serve --host 0.0.0.0 --public-url https://chat.example.com")
    .example("quickcard serve --genesys-region eu_central_1 --genesys-integration <id>")
    .run<ServeOptions>(runServe);
}

async function runServe({ options, output, surroundings }: Invocation<ServeOptions>): Promise<void> {
  const { createLogger, readChannels, serve } = await import("@quickcard/gateway");
  const place = gatewayPlace(options, surroundings);
  const link = await readLink(options, surroundings);
  const channels = readChannels(surroundings.env);
  const gateway = await serve({
    port: options.port,
    host: options.host,
    ...place,
    rateLimitPerMinute: options.rateLimit,
    allowHttpMedia: options.allowHttp ?? false,
    allowPrivateTargets: options.allowPrivateTargets ?? false,
    allowHttpTargets: options.allowHttpTargets ?? false,
    ...(link
      ? {
          genesysCloud: {
            ...link,
            spoolDirectory: join(dataDirectory(options, surroundings), "webhook-spool"),
          },
        }
      : {}),
    ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
    ...(options.retentionDays === undefined ? {} : { retentionDays: options.retentionDays }),
    ...(options.metricsPort === undefined ? {} : { metricsPort: options.metricsPort }),
    channels,
    logger: createLogger(options.logLevel),
  });
  output.result({ ready: true, url: gateway.url });
  output.say(text`quickcard gateway ready at ${gateway.url}`);
  output.say(text`  Its API to read:   ${gateway.url}/docs`);
  output.say(text`  Its data:          ${placeName(place)}`);
  if (gateway.metricsUrl !== undefined) output.say(text`  Its metrics:       ${gateway.metricsUrl}`);
  if (link)
    output.say(text`  Genesys Cloud's webhook: ${options.publicUrl ?? gateway.url}/genesys-cloud/webhook`);
  if (link && options.publicUrl === undefined)
    output.say(
      text`  Pictures that customers send reach Genesys Cloud in words: it needs --public-url to fetch them.`,
    );
  if (link) output.say(text`  To check the link: quickcard doctor, with the same options`);
  output.say(text`  Its channels:      ${channels.map(({ name }) => name).join(", ")}`);
  for (const { name } of channels.filter(({ webhook }) => webhook))
    output.say(text`  Webhook of ${name}: ${options.publicUrl ?? gateway.url}/channels/${name}/webhook`);
  output.say(text`  For your program:  quickcard clients create --help`);
  await untilAborted(surroundings.signal);
  output.say(text`Stopping once the requests under way are done. Again to stop at once.`);
  await gateway.close();
}
