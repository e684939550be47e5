const BLOCK_BYTES = 64;

/** A one bit and the message's length in bits follow the message. */
const PADDING_BYTES = 9;

/** The expanded words of the current block; hashing is synchronous, so one will do. */
const words = new Int32Array(80);

/** The five words of the hash in the making. */
type State = [a: number, b: number, c: number, d: number, e: number];

/** How many bytes hashing needs for a message of a length. */
export function paddedLength(length: number): number {
  return Math.ceil((length + PADDING_BYTES) / BLOCK_BYTES) * BLOCK_BYTES;
}

/**
 * SHA-1 (FIPS 180-4) of the first `length` bytes, as 32-bit words. The bytes after them, up to the padded length, are
 * overwritten. Written out because the platform's hash costs several times more than hashing a name of a hundred
 * bytes, and every sample has a name.
 */
export function sha1(message: DataView, length: number): Readonly<State> {
  const end = paddedLength(length);
  message.setUint8(length, 0x80);
  for (let at = length + 1; at < end; at += 1) message.setUint8(at, 0);
  message.setUint32(end - 4, length * 8);
  const state: State = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
  for (let at = 0; at < end; at += BLOCK_BYTES) {
    expand(message, at);
    mix(state);
  }
  return state;
}

function expand(message: DataView, at: number): void {
  for (let i = 0; i < 16; i += 1) words[i] = message.getInt32(at + i * 4);
  for (let i = 16; i < 80; i += 1) {
    const word = word32(i - 3) ^ word32(i - 8) ^ word32(i - 14) ^ word32(i - 16);
    words[i] = (word << 1) | (word >>> 31);
  }
}

function word32(i: number): number {
  return words[i] ?? 0;
}

/** The four times twenty rounds, each with its own function of three words and its own constant. */
function mix(state: State): void {
  let [a, b, c, d, e] = state;
  let next = 0;
  for (let i = 0; i < 80; i += 1) {
    if (i < 20) next = ((b & c) | (~b & d)) + 0x5a827999;
    else if (i < 40) next = (b ^ c ^ d) + 0x6ed9eba1;
    else if (i < 60) next = ((b & c) | (b & d) | (c & d)) - 0x70e44324;
    else next = (b ^ c ^ d) - 0x359d3e2a;
    next = (next + ((a << 5) | (a >>> 27)) + e + word32(i)) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  state[0] = (state[0] + a) | 0;
  state[1] = (state[1] + b) | 0;
  state[2] = (state[2] + c) | 0;
  state[3] = (state[3] + d) | 0;
  state[4] = (state[4] + e) | 0;
}
