/** An OAuth client of the emulated organisation, of the kind that uses client credentials. */
export interface OAuthClient {
  id: string;
  secret: string;
  /** `accessTokenValiditySeconds` of the client: 300 to 172,800, 86,400 unless told, as on Genesys Cloud. */
  tokenLifetimeSeconds?: number;
}
