import { expect, test } from 'vitest';
import { leafOf, rootOf } from './merkle';

type Hash = Uint8Array<ArrayBuffer>;

const sha = async (...parts: Hash[]): Promise<Hash> => new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(parts.flatMap((part) => [...part]))));
const leaf = (text: string) => sha(new Uint8Array([0]), new TextEncoder().encode(text));
const node = (a: Hash, b: Hash) => sha(new Uint8Array([1]), a, b);
const base64 = (hash: Hash) => btoa(String.fromCharCode(...hash));

// A tree and its proofs as RFC 6962 defines them, from the top down.
const split = (n: number) => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};
async function root(leaves: Hash[]): Promise<Hash> {
  const k = split(leaves.length);
  return leaves.length === 1 ? leaves[0]! : node(await root(leaves.slice(0, k)), await root(leaves.slice(k)));
}
async function path(m: number, leaves: Hash[]): Promise<Hash[]> {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return m < k ? [...(await path(m, leaves.slice(0, k))), await root(leaves.slice(k))] : [...(await path(m - k, leaves.slice(k))), await root(leaves.slice(0, k))];
}

test('every entry of every tree is under its root, and no other is', async () => {
  for (let size = 1; size <= 17; size++) {
    const leaves = await Promise.all(Array.from({ length: size }, (_, i) => leaf(`entry ${i}`)));
    const top = base64(await root(leaves));
    for (let at = 0; at < size; at++) {
      const proof = (await path(at, leaves)).map(base64);
      const mine = await leafOf(`entry ${at}`);
      expect(mine).toBe(base64(leaves[at]!));
      expect(await rootOf(mine, at, size, proof)).toBe(top);
      expect(await rootOf(await leafOf('another'), at, size, proof)).not.toBe(top);
      expect(await rootOf(mine, at, size, [...proof, mine])).not.toBe(top);
      if (proof.length > 0) expect(await rootOf(mine, at, size, proof.slice(1))).not.toBe(top);
    }
  }
});
