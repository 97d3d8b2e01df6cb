import { location } from "@quickcard/content/builders";
import { decimalNumber } from "../../arguments/number-option.ts";
import { addSendOptions, type SendOptions, sendContent } from "../../message/send-message.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";

interface LocationOptions extends SendOptions {
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
}

/** Declares `quickcard send location`. */
export function addSendLocation(send: QuickcardCommand): void {
  const command = send
    .command("location")
    .summary("send a place")
    .description("Send a place on earth, which the customer can open on a map.")
    .requiredOption("--latitude <degrees>", "-90 to 90", decimalNumber("--latitude"))
    .requiredOption("--longitude <degrees>", "-180 to 180", decimalNumber("--longitude"))
    .option("--name <text>", "what the place is called")
    .option("--address <text>", "its postal address");
  addSendOptions(command)
    .example("quickcard send location --latitude 51.5226 --longitude -0.1571 --name Shop")
    .run<LocationOptions>(runSendLocation);
}

async function runSendLocation(invocation: Invocation<LocationOptions>): Promise<void> {
  const { latitude, longitude, name, address } = invocation.options;
  await sendContent(invocation, location({ latitude, longitude, name, address }));
}
