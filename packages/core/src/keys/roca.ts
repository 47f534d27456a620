/** There are 126 primes up to it: what divides the modulus's primorial in faulty keys of 1984 to 3936 bits; longer ones use more. */
const LAST_PRIME = 701
const GENERATOR = 65_537

/** For each prime, which remainders a power of the generator leaves. Made when the first RSA key is read. */
let subgroups: readonly (readonly [prime: bigint, remainders: ReadonlySet<number>])[] | undefined

/**
 * Whether an RSA modulus was made by the faulty chips of CVE-2017-15361 ("ROCA"): each of its primes is a power of 65537 modulo a
 * product of small primes, so it is one itself, and can be factored. A sound modulus has this form by chance once in 2^150.
 */
export function isRocaModulus(modulus: bigint): boolean {
  subgroups ??= primesUpTo(LAST_PRIME).map((prime) => [BigInt(prime), powersModulo(prime)])
  return subgroups.every(([prime, remainders]) => remainders.has(Number(modulus % prime)))
}

function powersModulo(prime: number): ReadonlySet<number> {
  const powers = new Set<number>()
  for (let power = 1; !powers.has(power); power = (power * GENERATOR) % prime) powers.add(power)
  return powers
}

function primesUpTo(limit: number): readonly number[] {
  const primes: number[] = []
  for (let n = 2; n <= limit; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return primes
}
