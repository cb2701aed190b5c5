/* A film strip of bars as one image address: never one mark per pixel (plotting/picture.py).

   The PNG is written here, its bytes stored and not compressed, so that the book's build and
   every browser make the same one. */
import { barImage } from "./bar.js";

/** @import { Numbers } from "./linalg.js" */

const GAP = 1; // pixels between frames

/**
 * Draw rows of frames, and give the picture's address.
 * @param {Numbers[][]} rows for each row, each frame's latents or its pixel values
 * @param {number} side pixels of a frame
 * @param {number} [white] pixel values go from 0, black, to this
 */
export function barStrip(rows, side, white = 1) {
  const frames = Math.max(...rows.map((row) => row.length));
  const [width, height] = [frames * (side + GAP) - GAP, rows.length * (side + GAP) - GAP];
  const grey = new Uint8Array(width * height);
  rows.forEach((row, i) =>
    row.forEach((frame, j) => {
      const pixels = frame.length === side * side ? frame : barImage(frame, side);
      paste(grey, width, pixels, side, white, j * (side + GAP), i * (side + GAP));
    }),
  );
  return pngAddress(grey, width, height);
}

/**
 * Paint one frame into a picture so many bytes wide.
 * @param {Uint8Array} grey
 * @param {number} width
 * @param {Numbers} pixels
 * @param {number} side
 * @param {number} white
 * @param {number} left
 * @param {number} top
 */
function paste(grey, width, pixels, side, white, left, top) {
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1)
      grey[(top + y) * width + left + x] = Math.max(0, Math.min(255, Math.round((255 * pixels[y * side + x]) / white)));
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/** @param {Uint8Array} bytes */
function crc(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = TABLE[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/** @param {number} n */
const word = (n) => [(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];

/**
 * @param {string} name
 * @param {number[]} body
 */
function chunk(name, body) {
  const bytes = Uint8Array.from([...[...name].map((c) => c.charCodeAt(0)), ...body]);
  return [...word(body.length), ...bytes, ...word(crc(bytes))];
}

/**
 * Wrap bytes as zlib does, in stored blocks.
 * @param {Uint8Array} bytes
 */
function stored(bytes) {
  const out = [0x78, 0x01];
  for (let at = 0; at < bytes.length; at += 65535) {
    const part = bytes.subarray(at, at + 65535);
    const n = part.length;
    out.push(at + n >= bytes.length ? 1 : 0, n & 255, n >>> 8, ~n & 255, (~n >>> 8) & 255);
    for (const byte of part) out.push(byte);
  }
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  out.push(...word(((b << 16) | a) >>> 0));
  return out;
}

/**
 * @param {Uint8Array} grey
 * @param {number} width
 * @param {number} height
 */
function pngAddress(grey, width, height) {
  const lines = new Uint8Array((width + 1) * height); // each line begins with its filter: none
  for (let y = 0; y < height; y += 1) lines.set(grey.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const bytes = Uint8Array.from([
    ...[137, 80, 78, 71, 13, 10, 26, 10],
    ...chunk("IHDR", [...word(width), ...word(height), 8, 0, 0, 0, 0]),
    ...chunk("IDAT", stored(lines)),
    ...chunk("IEND", []),
  ]);
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return `data:image/png;base64,${btoa(text)}`;
}
