import { createHash } from 'node:crypto'

const STYLE = `
  :root { color-scheme: light dark; --paper: #f6f5f1; --card: #fffefb; --ink: #1f2628; --soft: #56605f; --line: #dcdad2;
    --accent: #14594f; --on-accent: #fff; --bad: #9c2417 }
  @media (prefers-color-scheme: dark) {
    :root { --paper: #121617; --card: #1a2021; --ink: #e3e8e6; --soft: #a0aba8; --line: #323b3b;
      --accent: #74cbb8; --on-accent: #0d1f1c; --bad: #f59a8b }
  }
  * { box-sizing: border-box }
  body { font: .9375rem/1.5 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; max-width: 26rem;
    margin: 2rem auto; padding: 0 1.25rem; background: var(--paper); color: var(--ink) }
  h1 { font-size: 1.375rem; font-weight: 600 }
  h2 { font-size: .9375rem; margin: 1.5rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--line) }
  ul { padding-left: 1.25rem }
  code { font-size: .8125rem; color: var(--soft) }
  label, input { display: block; width: 100% }
  input { font: inherit; color: inherit; background: var(--card); padding: .4rem .5rem; margin-bottom: .75rem;
    border: 1px solid var(--soft); border-radius: .375rem }
  button { font: inherit; padding: .4rem 1rem; margin: 0 .5rem .5rem 0; cursor: pointer; color: var(--ink);
    background: var(--card); border: 1px solid var(--line); border-radius: .375rem }
  button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600 }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
  .people form { display: inline-block }
  .soft { color: var(--soft) }
  [role=alert] { color: var(--bad) }
`

/** What these pages may do: show themselves, in their own style. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A small page without scripts. `title` and `body` are HTML already. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** The text, safe in HTML content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
