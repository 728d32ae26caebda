// Which pages there are and how they are found, told by docs/README.md alone: its headings are the
// groups of the sidebar, the first link of each row of its tables is a page.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

// This file runs as a copy in target/site.
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
export const docs = join(root, 'docs')

const ROW = /^\| \[[^\]]*\]\(([^)#]+\.md)\)/
const DECISIONS = 'decisions/README.md'

const text = (page) => readFileSync(join(docs, page), 'utf8')

function title(page) {
  const heading = text(page).match(/^# (.+)$/m)
  if (!heading) throw new Error(`docs/${page} has no heading of the first level`)
  return heading[1].replaceAll('`', '')
}

/** Path in the site of a page below docs. */
export const address = (page) => '/' + page.replace(/README\.md$/, '').replace(/\.md$/, '')

const item = (page) => ({ text: title(page), link: address(page) })

function groups() {
  const found = []
  for (const line of text('README.md').split('\n')) {
    const heading = line.match(/^## (.+)$/)
    if (heading) found.push({ text: heading[1], pages: [] })
    const row = line.match(ROW)
    if (row) found.at(-1).pages.push(row[1])
  }
  return found
}

function pagesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => file.endsWith('.md') && !file.startsWith('site/'))
}

/** The sidebar; fails where a page is in no table of docs/README.md, or a row has no page. */
export function sidebar() {
  const listed = groups()
  const known = new Set(['README.md', ...listed.flatMap((group) => group.pages)])
  const lost = pagesBelow(docs).filter((page) => !known.has(page) && !page.startsWith('decisions/'))
  if (lost.length > 0) throw new Error(`docs/README.md has no row for ${lost.join(', ')}`)
  const decisions = readdirSync(join(docs, 'decisions')).filter((file) => /^\d/.test(file)).sort()
  return [
    ...listed.map((group) => ({
      text: group.text,
      items: group.pages.filter((page) => page !== DECISIONS).map(item),
    })),
    {
      text: 'Decisions',
      collapsed: true,
      items: [DECISIONS, ...decisions.map((file) => `decisions/${file}`)].map(item),
    },
  ]
}

/**
 * Where a link of a page leads that is no link to a page: into the browsable sources, where their
 * address is known, else nowhere (null). Undefined for all other links. Fails where there is no
 * such file.
 */
export function sourceLink(page, href, sources) {
  if (/^[a-z]+:|^#|^\//.test(href)) return undefined
  const [path, fragment] = href.split('#')
  const target = normalize(join(docs, dirname(page), decodeURIComponent(path)))
  const below = relative(docs, target)
  if (!below.startsWith('..') && target.endsWith('.md')) return undefined
  if (!existsSync(target)) throw new Error(`docs/${page} links to ${href}, which does not exist`)
  if (!sources) return null
  const file = relative(root, target).split(sep).join('/')
  return `${sources.replace(/\/$/, '')}/${file}${fragment ? `#${fragment}` : ''}`
}
