/** Said once before the tests, where parts are absent that some of them need: those are skipped. */
export function setup(): void {
  if (process.env['VECTORS_DIR'] === undefined) {
    process.stdout.write(
      'Skipped: published test vectors, for the variable VECTORS_DIR does not say where they are.\n',
    )
  }
}
