import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { animationMaxBytes, choosePictures, picturesAtOnce } from "../src/chat/choose-pictures.ts";
import { keptBytes, longestSide } from "../src/chat/shrink-picture.ts";
import { pictureMaxBytes, pictureMimeTypes } from "../src/chat-wire.ts";

const file = (type: string, size = 1) => new File([new Uint8Array(size)], "file", { type });

test("takes pictures that browsers show, and says what of the rest cannot be sent", () => {
  const pictures = pictureMimeTypes.map((type) => file(type));
  expect(choosePictures(pictures)).toEqual({ pictures });
  for (const type of ["image/svg+xml", "image/heic", "application/pdf", "text/html", ""]) {
    const choice = choosePictures([...pictures, file(type)]);
    expect(choice.pictures, type).toEqual(pictures);
    expect(choice.fault, type).toContain("Only pictures");
  }
});

test("takes a photograph that is to be shrunk, and no animation that is too large", () => {
  const photograph = file("image/jpeg", pictureMaxBytes + 1);
  const animation = file("image/gif", animationMaxBytes);
  const tooLarge = file("image/gif", animationMaxBytes + 1);
  expect(choosePictures([photograph, animation, tooLarge])).toEqual({
    pictures: [photograph, animation],
    fault: "A picture that large cannot be sent.",
  });
});

test("takes no more than are sent at one go", () => {
  const many = Array.from({ length: picturesAtOnce + 1 }, () => file("image/png"));
  const { pictures, fault } = choosePictures(many);
  expect(pictures).toEqual(many.slice(0, picturesAtOnce));
  expect(fault).toContain(String(picturesAtOnce));
  expect(choosePictures([])).toEqual({ pictures: [] });
});

test("the documentation names the page's limits", () => {
  const page = readFileSync(new URL("../../../docs/reference/customer-media.md", import.meta.url), "utf8");
  expect(page.replaceAll("\n", " ")).toContain(`up to ${picturesAtOnce} at a time`);
  expect(page).toContain(`${animationMaxBytes.toLocaleString("en-US")} bytes`);
  expect(page.replaceAll("\n", " ")).toContain(
    `over ${keptBytes.toLocaleString("en-US")} bytes are shrunk in the browser to ${longestSide.toLocaleString("en-US")} pixels`,
  );
});
