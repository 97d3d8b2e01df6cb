import type { OpenOutboundNormalizedMessage } from "@quickcard/client/genesys-cloud";
import type { DeliveryWorld } from "../../src/delivery/delivery-worker.ts";
import type { Spooled } from "../../src/genesys-cloud/disk-spool.ts";
import { type TakeOptions, takeWebhook } from "../../src/genesys-cloud/webhooks/take-webhook.ts";
import { WebhookIntake } from "../../src/genesys-cloud/webhooks/webhook-intake.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** How soon each webhook has to be answered, by the issue of the link. */
const answerMs = 1000;

export interface WebhookSettings {
  integrationId: string;
  take: TakeOptions;
  time: VirtualTime;
  world: Pick<DeliveryWorld, "sleep">;
  /** A disk that loses what is put on it, to see whether the simulator finds it out. */
  losesSpooled: boolean;
}

/** The gateway's webhook, as Genesys Cloud sees it. */
export class SimulatedWebhooks {
  /** Those that were not answered with 2xx in time. */
  readonly unanswered: string[] = [];
  /** How many were answered while they lay on disk. */
  spooled = 0;
  readonly #settings: WebhookSettings;
  readonly #intake: WebhookIntake;

  constructor(settings: WebhookSettings) {
    const { take, world } = settings;
    this.#settings = settings;
    this.#intake = new WebhookIntake({
      take: (integrationId, message) => takeWebhook(take, integrationId, message),
      keepNotShown: async () => {},
      spool: this.#disk(),
      timeoutMs: take.policy.intakeTimeoutMs,
      restMs: take.policy.restMs,
      world,
      onError: () => {},
    });
  }

  async post(message: OpenOutboundNormalizedMessage): Promise<void> {
    const { integrationId, time } = this.#settings;
    const complain = () => this.unanswered.push(message.id);
    const cancel = time.schedule(answerMs, complain);
    await this.#intake.keep(integrationId, JSON.stringify(message)).catch(complain);
    cancel();
  }

  #disk(): ConstructorParameters<typeof WebhookIntake>[0]["spool"] {
    const files = new Map<string, Spooled>();
    return {
      append: async (integrationId, body) => {
        this.spooled += 1;
        const name = String(this.spooled).padStart(9, "0");
        if (!this.#settings.losesSpooled) files.set(name, { name, integrationId, body });
      },
      list: async () => [...files.keys()],
      read: async (name) => files.get(name),
      remove: async (name) => void files.delete(name),
      setAside: async (name) => void files.delete(name),
    };
  }
}
