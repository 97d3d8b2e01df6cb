/** The subscription whose lanes lead to Genesys Cloud: its events are told by requests of the platform's API, to no URL. */
export const linkSubscriptionId = "genesys-cloud";
export const linkUrl = "genesys-cloud:";
