import type { Content } from "@quickcard/content";

/** The languages that a message can be copied as. */
export const codeLanguages = ["JSON", "TypeScript", "curl", "Python"] as const;

/** A language that a message can be copied as. */
export type CodeLanguage = (typeof codeLanguages)[number];

/** A program that sends a content, ready to run; as JSON, the body that it sends. */
export function codeSample(language: CodeLanguage, content: Content): string {
  return writers[language](content);
}

const writers: Record<CodeLanguage, (content: Content) => string> = {
  JSON: messageJson,
  TypeScript: typescriptProgram,
  curl: curlCommand,
  Python: pythonProgram,
};

function messageJson(content: Content): string {
  return JSON.stringify({ type: "message", content }, undefined, 2);
}

function typescriptProgram(content: Content): string {
  // A line of the JSON begins with the name of a field, or holds none: texts have no line breaks in JSON.
  const literal = JSON.stringify(content, undefined, 2).replaceAll(/^( *)"(\w+)":/gm, "$1$2:");
  return `import { OpenMessagingClient } from "@quickcard/client";

// Reads GENESYS_CLIENT_ID, GENESYS_CLIENT_SECRET and GENESYS_BASE_URL.
const client = OpenMessagingClient.fromEnvironment();
const contactId = process.env.TARGET_CONTACT_ID ?? "";

const message = await client.messages.send(contactId, ${literal});
console.log(message.id, message.status);
await client.close();
`;
}

const path = "/api/v2/conversations/messaging/contacts";

function curlCommand(content: Content): string {
  return `curl --fail-with-body -X POST "$GENESYS_BASE_URL${path}/$TARGET_CONTACT_ID/messages" \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  --data-binary @- <<'END_OF_MESSAGE'
${messageJson(content)}
END_OF_MESSAGE
`;
}

function pythonProgram(content: Content): string {
  return `import os
import uuid

import requests

base_url = os.environ["GENESYS_BASE_URL"]
contact_id = os.environ["TARGET_CONTACT_ID"]

message = ${messageJson(content)}

answer = requests.post(
    f"{base_url}/oauth/token",
    data={"grant_type": "client_credentials", "scope": "messages:send"},
    auth=(os.environ["GENESYS_CLIENT_ID"], os.environ["GENESYS_CLIENT_SECRET"]),
    timeout=10,
)
answer.raise_for_status()
token = answer.json()["access_token"]

answer = requests.post(
    f"{base_url}${path}/{contact_id}/messages",
    json=message,
    headers={"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid.uuid4())},
    timeout=30,
)
answer.raise_for_status()
print(answer.json()["id"], answer.json()["status"])
`;
}
