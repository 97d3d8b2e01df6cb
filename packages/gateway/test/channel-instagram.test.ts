import { instagramCase } from "./channel-conformance/channel-cases.ts";
import { describeChannel } from "./channel-conformance/channel-conformance.ts";

describeChannel(instagramCase);
