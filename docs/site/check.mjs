// Checks a built site from its files alone: every link and anchor within it leads somewhere, and no
// page loads anything from another host. So whoever reads it behind a hospital's firewall sees all
// of it, and nobody else learns that it is read.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

const LOADED = [
  /<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\ssrc="((?:https?:)?\/\/[^"]+)"/g,
  /<link\b(?![^>]*rel="(?:canonical|alternate)")[^>]*\shref="((?:https?:)?\/\/[^"]+)"/g,
  /url\(\s*["']?((?:https?:)?\/\/[^"')]+)/g,
  /@import\s+["']((?:https?:)?\/\/[^"']+)/g,
]
const HREF = /<a\b[^>]*\shref="([^"]*)"/g
const ID = /\sid="([^"]+)"/g
const HOST = 'http://site.invalid'

const [folder, base] = process.argv.slice(2)
const site = join(folder, base)
const values = (text, pattern) => [...text.matchAll(pattern)].map((found) => found[1])
const unescaped = (text) => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"')

const files = readdirSync(site, { recursive: true }).filter((file) => /\.(html|css)$/.test(file))
const pages = new Map()
const wrong = []
for (const file of files) {
  const text = readFileSync(join(site, file), 'utf8')
  for (const address of LOADED.flatMap((kind) => values(text, kind))) {
    wrong.push(`${file} loads ${address} from another host`)
  }
  if (file.endsWith('.html')) {
    pages.set(file, { ids: new Set(values(text, ID)), links: values(text, HREF).map(unescaped) })
  }
}

/** The file that a server gives for a path: an index for a folder. */
function served(path) {
  if (!path.startsWith(base)) return undefined
  const file = join(site, decodeURIComponent(path.slice(base.length)))
  const index = existsSync(file) && statSync(file).isDirectory() ? join(file, 'index.html') : file
  return existsSync(index) ? relative(site, index) : undefined
}

let followed = 0
for (const [page, { links }] of pages) {
  for (const link of links) {
    const to = new URL(link, HOST + base + page)
    if (to.origin !== HOST) continue
    followed++
    const file = served(to.pathname)
    const fragment = decodeURIComponent(to.hash.slice(1))
    if (file === undefined) {
      wrong.push(`${page} links to ${link}: no such file`)
    } else if (fragment && !pages.get(file)?.ids.has(fragment)) {
      wrong.push(`${page} links to ${link}: no such anchor`)
    }
  }
}
if (followed === 0) throw new Error(`${site} holds no links`)
console.log(`${pages.size} pages, ${followed} links within the site`)
if (wrong.length > 0) {
  console.error(wrong.join('\n'))
  process.exit(1)
}
