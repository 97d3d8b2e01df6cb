import { instagramCase } from "./channel-conformance/channel-cases.ts";
import { describeChannel } from "./channel-conformance/channel-conformance.ts";
import { embeddedStores } from "./channel-conformance/test-stores.ts";

describeChannel(instagramCase, embeddedStores);
