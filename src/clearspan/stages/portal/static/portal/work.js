// A sum that costs a browser a moment and a flood of them a lot: a number whose SHA-256, behind the form's own words,
// begins with so many noughts. Written out here because crypto.subtle is missing where a page comes without TLS.

const K = constants()

export async function solve(words, bits) {
  const start = new TextEncoder().encode(`${words}:`)
  for (let number = 0; ; number++) {
    if (number % 2000 === 1999) await new Promise((resume) => setTimeout(resume)) // the page stays alive
    if (leadingNoughts(sha256(joined(start, String(number)))) >= bits) return String(number)
  }
}

function joined(start, digits) {
  const bytes = new Uint8Array(start.length + digits.length)
  bytes.set(start)
  for (let i = 0; i < digits.length; i++) bytes[start.length + i] = digits.charCodeAt(i)
  return bytes
}

export function leadingNoughts(hash) {
  return hash[0] ? Math.clz32(hash[0]) : 32 + Math.clz32(hash[1])
}

// FIPS 180-4, as eight words of 32 bits.
export function sha256(bytes) {
  const blocks = ((bytes.length + 8) >> 6) + 1
  const words = new Uint32Array(blocks * 16)
  for (let i = 0; i < bytes.length; i++) words[i >> 2] |= bytes[i] << (24 - 8 * (i & 3))
  words[bytes.length >> 2] |= 0x80 << (24 - 8 * (bytes.length & 3))
  words[words.length - 1] = bytes.length * 8
  const hash = Uint32Array.from(K.start)
  const w = new Uint32Array(64)
  for (let block = 0; block < words.length; block += 16) {
    for (let t = 0; t < 64; t++) {
      w[t] = t < 16 ? words[block + t] : sigma(w[t - 2], 17, 19, 10) + w[t - 7] + sigma(w[t - 15], 7, 18, 3) + w[t - 16]
    }
    let [a, b, c, d, e, f, g, h] = hash
    for (let t = 0; t < 64; t++) {
      const one = (h + turned(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + K.rounds[t] + w[t]) | 0
      const two = (turned(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g, g = f, f = e, e = (d + one) | 0, d = c, c = b, b = a, a = (one + two) | 0
    }
    ;[a, b, c, d, e, f, g, h].forEach((value, i) => { hash[i] += value })
  }
  return hash
}

const right = (x, n) => (x >>> n) | (x << (32 - n))
const turned = (x, i, j, k) => right(x, i) ^ right(x, j) ^ right(x, k)
const sigma = (x, i, j, k) => right(x, i) ^ right(x, j) ^ (x >>> k)

// The first 32 bits of the fractions of the square roots of the first 8 primes, and of the cube roots of the first 64.
function constants() {
  const primes = []
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n)
  const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) >>> 0
  return { start: primes.slice(0, 8).map((p) => fraction(Math.sqrt(p))), rounds: primes.map((p) => fraction(Math.cbrt(p))) }
}
