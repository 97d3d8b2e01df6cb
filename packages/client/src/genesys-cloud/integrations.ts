/** Integrations of Open Messaging, and what Genesys Cloud tells of tokens and addresses. */

/** What stands for another resource, with its name. */
export interface DomainEntityRef {
  id?: string;
  name?: string;
  selfUri?: string;
}

/** What makes an integration. */
export interface OpenIntegrationRequest {
  name: string;
  /** Public, `https:`, port 443. */
  outboundNotificationWebhookUrl: string;
  /** Longer than 15 characters. */
  outboundNotificationWebhookSignatureSecretToken: string;
  /** Sent with each webhook. */
  webhookHeaders?: Record<string, string>;
  supportedContent?: { id: string };
  messagingSetting?: { id: string };
}

/** What changes an integration; a new secret rotates it. */
export interface OpenIntegrationUpdateRequest {
  name: string;
  outboundNotificationWebhookUrl?: string;
  outboundNotificationWebhookSignatureSecretToken?: string;
  webhookHeaders?: Record<string, string>;
  supportedContent?: { id: string };
  messagingSetting?: { id: string };
}

/** An integration. It holds the webhook's secret: treat all of it as one. */
export interface OpenIntegration {
  id: string;
  name: string;
  outboundNotificationWebhookUrl: string;
  outboundNotificationWebhookSignatureSecretToken: string;
  webhookHeaders?: Record<string, string>;
  supportedContent?: { id: string; name?: string; selfUri?: string };
  messagingSetting?: { id: string; name?: string; selfUri?: string };
  status?: string;
  /** Where an inbound flow is attached. */
  recipient?: DomainEntityRef;
  dateCreated?: string;
  dateModified?: string;
  /** It is made in the background. */
  createStatus?: "Initiated" | "Completed" | "Error";
  createError?: { message?: string; code?: string; status?: number };
  selfUri?: string;
}

/** One page of integrations; pages count from 1. */
export interface OpenIntegrationEntityListing {
  entities?: OpenIntegration[];
  pageSize?: number;
  pageNumber?: number;
  total?: number;
  pageCount?: number;
}

/** Which media an integration lets through. An empty list lets none. */
export interface SupportedContent {
  id: string;
  name: string;
  version?: number;
  mediaTypes?: { allow?: { inbound?: { type?: string }[]; outbound?: { type?: string }[] } };
  selfUri?: string;
}

/** An organisation, by id and name. */
export interface NamedEntity {
  id?: string;
  name?: string;
}

/** Whose a token is. */
export interface TokenInfo {
  organization?: NamedEntity;
  homeOrganization?: NamedEntity;
  authorizedScope?: string[];
  dateTokenIdles?: string;
  OAuthClient?: {
    id?: string;
    name: string;
    authorizedGrantType: string;
    scope?: string[];
    roleDivisions?: { roleId: string; divisionId: string }[];
    state?: string;
    organization?: NamedEntity;
  };
}

/** Addresses that a service of Genesys Cloud uses. */
export interface IpAddressRange {
  cidr?: string;
  service?: string;
  region?: string;
  direction?: string;
}

/** All of them. */
export interface IpAddressRangeListing {
  entities?: IpAddressRange[];
}
