import { fail } from '@gatewarden/example-health-api'
import { openShop } from './shop.ts'
import { STEPS } from './steps.ts'
import { transcript } from './transcript.ts'
import { walk } from './walk.ts'
import { fillWallet } from './wallet.ts'

// Prints the whole story; ends with 1 where an answer is not the promised one.
try {
  const shop = await openShop()
  try {
    const outcomes = await walk(shop, await fillWallet(shop), STEPS)
    console.log(transcript(outcomes))
    process.exitCode = outcomes.every(({ kept }) => kept) ? 0 : 1
  } finally {
    await shop.close()
  }
} catch (error) {
  fail(error)
}
