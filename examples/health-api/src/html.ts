/** A small page without scripts. `title` and `body` are HTML already. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 24rem; margin: 10vh auto; padding: 0 1rem; color: #1c2b33 }
  h1 { font-size: 1.4rem }
  label, input { display: block; width: 100%; box-sizing: border-box }
  input { font: inherit; padding: .4rem; margin-bottom: .8rem }
  button { font: inherit; padding: .4rem 1rem; margin-right: .5rem }
  [role=alert] { color: #a3160b }
</style>
</head>
<body>
<h1>${title}</h1>
${body}
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
