import { messengerCase } from "./channel-conformance/channel-cases.ts";
import { describeChannel } from "./channel-conformance/channel-conformance.ts";

describeChannel(messengerCase);
