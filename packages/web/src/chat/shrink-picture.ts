/** What is no larger goes up as it is. */
export const keptBytes = 1_000_000;

/** The longer side of a picture that was shrunk: enough to read small print by. */
export const longestSide = 2048;

const quality = 0.85;

/**
 * Makes a large photograph smaller, for slow networks and for the gateway; where and when it was taken goes with what is
 * left out. An animation, and what the browser cannot draw, stays as it is.
 */
export async function shrinkPicture(picture: Blob): Promise<Blob> {
  if (picture.size <= keptBytes || picture.type === "image/gif") return picture;
  try {
    const shrunk = await drawSmaller(picture);
    return shrunk.size < picture.size ? shrunk : picture;
  } catch {
    // The gateway says whether it is a picture.
    return picture;
  }
}

async function drawSmaller(picture: Blob): Promise<Blob> {
  const drawing = await createImageBitmap(picture);
  try {
    const scale = Math.min(1, longestSide / Math.max(drawing.width, drawing.height));
    const [width, height] = [Math.round(drawing.width * scale), Math.round(drawing.height * scale)];
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    canvas.getContext("2d")?.drawImage(drawing, 0, 0, width, height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("not drawn"))), picture.type, quality);
    });
  } finally {
    drawing.close();
  }
}
