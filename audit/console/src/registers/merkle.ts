// A proof that an entry is under a head (RFC 6962, section 2.1.1): from the entry's hash
// to the root, each step with the hash beside it. The browser computes it itself, so that
// nobody has to believe the server's word.

const bytes = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
const base64 = (data: Uint8Array): string => btoa(String.fromCharCode(...data));

async function node(left: Uint8Array, right: Uint8Array): Promise<Uint8Array> {
  const data = new Uint8Array(1 + left.length + right.length);
  data[0] = 1;
  data.set(left, 1);
  data.set(right, 1 + left.length);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', data));
}

// leafOf is the hash of an entry's bytes as a leaf of the tree.
export async function leafOf(entry: string): Promise<string> {
  const text = new TextEncoder().encode(entry);
  const data = new Uint8Array(1 + text.length);
  data.set(text, 1);
  return base64(new Uint8Array(await crypto.subtle.digest('SHA-256', data)));
}

// rootOf climbs from leaf number index (from 0) of a tree with size leaves.
export async function rootOf(leaf: string, index: number, size: number, hashes: string[]): Promise<string | undefined> {
  let [fn, sn] = [index, size - 1];
  let at = bytes(leaf);
  for (const beside of hashes) {
    if (sn === 0) return undefined; // more hashes than the tree is high
    if (fn % 2 === 1 || fn === sn) {
      at = await node(bytes(beside), at);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      at = await node(at, bytes(beside));
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 ? base64(at) : undefined;
}
