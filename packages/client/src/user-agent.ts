/** The version of this package. */
export const version = "0.1.0";

/** What the client calls itself in each request. */
export const userAgent = `quickcard-client/${version}`;
