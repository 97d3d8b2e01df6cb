/** What lies behind an error, and what to do about it with this command. */
export interface Advice {
  readonly cause: string;
  readonly fix: string;
}

/**
 * Advice in terms of this command, by the API's own error code, or by the client library's or the gateway's.
 * An error that is not listed keeps the fix that it brought along.
 */
export const errorAdvice: Readonly<Record<string, Advice>> = {
  "invalid.content.type": {
    cause: "content.type is misspelt, or is not one of the nine types.",
    fix: "Use text, image, audio, video, file, location, quick-reply, card or carousel, or let the command write it: quickcard send quick-reply …",
  },
  "missing.scope": {
    cause:
      "The client behind these credentials was not given this scope, and a token holds no more than its client.",
    fix: "Make a client that has it: quickcard clients create --name my-program --scopes messages:send,conversations:read,conversations:write",
  },
  "not.found": {
    cause:
      "What the id names does not exist here or was deleted, or a conversation's id was used as a contact's.",
    fix: "Take the id of a contact from: quickcard contacts list; messages and subscriptions have such a list too",
  },
  "conversation.closed": {
    cause: "The contact is known, but its conversation has ended.",
    fix: "Open it again: quickcard contacts reopen CONTACT",
  },
  "too.many.requests": {
    cause:
      "This token has made more requests in this minute than the server allows, and trying again did not help in time.",
    fix: "Wait as long as the server asks, then repeat; send less at once, or run the gateway with a higher --rate-limit",
  },
  "channel.unsupported": {
    cause: "The customer's channel cannot show this type of message, so it would not appear.",
    fix: "Send a type that the channel can show, such as: quickcard send text …",
  },
  "channel.window.closed": {
    cause: "The customer wrote more than 24 hours ago, and the channel takes only templates after that.",
    fix: "Wait until the customer writes again, or send an approved template",
  },
  access_denied: {
    cause: "Somebody denied it on the consent page.",
    fix: "Start again, and allow it on the consent page: quickcard login",
  },
  invalid_grant: {
    cause: "The code of the consent page was used before, or took longer than a minute to come back.",
    fix: "Start again: quickcard login",
  },
  authentication_failed: {
    cause:
      "The client id and the secret do not belong together, the client was revoked, or they are of another server.",
    fix: "Check GENESYS_CLIENT_ID, GENESYS_CLIENT_SECRET and GENESYS_BASE_URL, log in again (quickcard login), or make a client: quickcard clients create --help",
  },
  connection_failed: {
    cause:
      "Nothing answers at this address: the gateway does not run, or GENESYS_BASE_URL names another one.",
    fix: "Start it with: quickcard serve; or name the right one with --base-url URL",
  },
};

/** Advice for errors of the operating system, by their code. */
export const systemErrorAdvice: Readonly<Record<string, Advice>> = {
  EACCES: {
    cause: "This user may not use that file or folder.",
    fix: "Change its permissions, or name another place",
  },
  EPERM: {
    cause: "This user may not use that file or folder.",
    fix: "Change its permissions, or name another place",
  },
  EROFS: { cause: "That disk can only be read.", fix: "Name a place on another disk" },
  ENOENT: { cause: "There is no such file or folder.", fix: "Check the spelling and the current folder" },
  ENOTDIR: { cause: "A part of that path is a file, not a folder.", fix: "Check the path" },
  EISDIR: { cause: "That is a folder, not a file.", fix: "Name a file" },
  ENOSPC: { cause: "The disk is full.", fix: "Make room, or name a place on another disk" },
};
