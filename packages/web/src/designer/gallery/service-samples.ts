import type { SampleGroup } from "./sample.ts";

/** Questions that a service desk begins with. */
export const serviceSamples: SampleGroup = {
  title: "Service",
  samples: [
    {
      id: "menu",
      title: "Main menu",
      content: {
        type: "quick-reply",
        title: "How can we help you today?",
        choices: [
          { label: "Billing", value: "billing_inquiry" },
          { label: "Technical Support", value: "tech_support" },
          { label: "Speak to Agent", value: "transfer_to_agent" },
        ],
      },
    },
    {
      id: "opening-hours",
      title: "Opening hours",
      content: {
        type: "text",
        text: "We are here for you:\n\nMonday to Friday  8 – 20 h\nSaturday  9 – 16 h\n\nOutside these hours, write to us all the same: we answer first thing in the morning. https://example.com/hours",
      },
    },
    {
      id: "language",
      title: "Choice of language",
      content: {
        type: "quick-reply",
        title: "Which language do you prefer?",
        choices: [
          { label: "English", value: "lang_en" },
          { label: "Español", value: "lang_es" },
          { label: "Français", value: "lang_fr" },
          { label: "Deutsch", value: "lang_de" },
          { label: "العربية", value: "lang_ar" },
          { label: "日本語", value: "lang_ja" },
        ],
      },
    },
    {
      id: "security-check",
      title: "Unusual sign-in",
      content: {
        type: "quick-reply",
        title: "Someone signed in to your account from a new device in Lisbon at 14:32. Was that you?",
        choices: [
          { label: "Yes, that was me", value: "signin_confirmed" },
          { label: "No, lock my account", value: "signin_denied" },
        ],
      },
    },
    {
      id: "rating",
      title: "How did we do?",
      content: {
        type: "quick-reply",
        title: "Thank you for talking to us. How happy are you with our help?",
        choices: [
          { label: "😍 Very happy", value: "rating_5" },
          { label: "🙂 Happy", value: "rating_4" },
          { label: "😐 So-so", value: "rating_3" },
          { label: "🙁 Not happy", value: "rating_2" },
          { label: "😡 Not at all", value: "rating_1" },
        ],
      },
    },
  ],
};
