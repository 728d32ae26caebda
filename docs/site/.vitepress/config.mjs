import { slug } from 'github-slugger'
import { defineConfig } from 'vitepress'
import { sidebar, sourceLink } from '../pages.mjs'

const base = process.env.SITE_BASE ?? '/'
const sources = process.env.SITE_SOURCE

/** Links to files that are no pages lead to the sources, or are plain text. */
function sourceLinks(markdown) {
  const { rules } = markdown.renderer
  const open = rules.link_open ?? ((tokens, at, options, env, self) => self.renderToken(tokens, at, options))
  rules.link_open = (tokens, at, options, env, self) => {
    const page = env.relativePath.replace(/(^|\/)index\.md$/, '$1README.md')
    const href = tokens[at].attrGet('href')
    const link = sourceLink(page, href, sources)
    if (link === undefined) {
      tokens[at].attrSet('href', href.replace(/(^|\/)README\.md(#|$)/, '$1index.md$2'))
      return open(tokens, at, options, env, self)
    }
    if (link === null) {
      env.unlinked = true
      return '<span>'
    }
    tokens[at].attrSet('href', link)
    return open(tokens, at, options, env, self)
  }
  rules.link_close = (tokens, at, options, env, self) => {
    const unlinked = env.unlinked
    env.unlinked = false
    return unlinked ? '</span>' : self.renderToken(tokens, at, options)
  }
}

export default defineConfig({
  title: 'Radstream',
  description: 'A streaming online trainer for radiology',
  lang: 'en-GB',
  base,
  srcDir: './pages',
  outDir: `./dist${base}`,
  cacheDir: './.cache',
  rewrites: { 'README.md': 'index.md', 'decisions/README.md': 'decisions/index.md' },
  // Of a service on the reader's own machine.
  ignoreDeadLinks: 'localhostLinks',
  markdown: {
    // As GitHub names them, so that a link to a heading holds in both places.
    anchor: { slugify: slug },
    config: sourceLinks,
  },
  themeConfig: {
    sidebar: sidebar(),
    outline: [2, 3],
    search: { provider: 'local' },
    docFooter: { prev: false, next: false },
  },
})
