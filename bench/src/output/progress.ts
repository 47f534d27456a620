/** Says how far a bench is: one line that is written over on a terminal, nothing elsewhere. An empty text clears it. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`)
}
