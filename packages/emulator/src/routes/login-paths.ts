/** The path under which a server with one address answers as the login host. */
export const loginPath = "/login";

/** Where the login host gives tokens. */
export const tokenPath = "/oauth/token";
