import { fileURLToPath } from 'node:url'

/** A package as one file for what its ways in share, and one for each way in. Nothing is minified, and dependencies stay outside. */
const bundle = (name, ...ways) => ({
  cwd: fileURLToPath(new URL(`packages/${name}`, import.meta.url)),
  input: Object.fromEntries(ways.map((way) => [way, `src/${way}.ts`])),
  platform: 'node',
  external: /^[@a-z]/,
  output: {
    dir: 'dist',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    sourcemap: true,
    comments: false,
    codeSplitting: ways.length > 1 && { groups: [{ name, test: /./ }] },
  },
})

/** Core is some eighty files, one idea each, and Node takes several times longer to find them than to run them. */
export default [bundle('core', 'index', 'application', 'diagnostics'), bundle('scope-guard', 'index')]
