/** The folder of the built pages, scripts and styles, for a server to serve. */
export const assetsDirectory: URL = new URL("../dist/pages/", import.meta.url);
