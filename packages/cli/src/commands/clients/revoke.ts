import { Failure } from "../../errors/failure.ts";
import { addPlaceOptions, gatewayPlace, type PlaceOptions, placeName } from "../../gateway/gateway-place.ts";
import type { Invocation, QuickcardCommand } from "../../quickcard-command.ts";
import { text } from "../../terminal/terminal-text.ts";
import { withKnownClients } from "./client-registry.ts";

/** Declares `quickcard clients revoke`. */
export function addClientsRevoke(parent: QuickcardCommand): void {
  addPlaceOptions(
    parent
      .command("revoke")
      .summary("end an OAuth client and all its tokens")
      .description(
        "End an OAuth client and all its tokens, at once and for good. Works while the gateway runs.",
      )
      .argument("<client>", "the client's id"),
  )
    .example("quickcard clients revoke 5b0c9a52-0d6f-4c1c-9f53-3f1ad0a3a6b1")
    .run<PlaceOptions>(runRevoke);
}

async function runRevoke(invocation: Invocation<PlaceOptions>, clientId = ""): Promise<void> {
  const isRevoked = await withKnownClients(invocation, (registry) => registry.revoke(clientId));
  if (!isRevoked) {
    throw new Failure({
      code: "client_not_found",
      message: `There is no client ${clientId} in ${placeName(gatewayPlace(invocation.options, invocation.surroundings))}, or it is revoked already.`,
      fix: "Take the id from: quickcard clients list",
    });
  }
  invocation.output.result({ clientId, revoked: true });
  invocation.output.say(text`Client ${clientId} is revoked: its tokens are refused from now on.`);
}
