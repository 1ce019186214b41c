import type { Project } from '../project/project.ts'

/**
 * The patterns of every .gitignore of a project, in the syntax of .dockerignore, which differs: a pattern without a
 * slash matches at any depth in git and at the root alone in Docker, a leading slash anchors in git only, and a final
 * slash (folders only) means nothing to Docker.
 * https://git-scm.com/docs/gitignore#_pattern_format, https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function translate(project: Project): readonly string[] {
  return project
    .find('.gitignore', '**/.gitignore')
    .flatMap(file => patterns(project.text(file) ?? '', file.slice(0, -'.gitignore'.length)))
}

function patterns(text: string, base: string): string[] {
  return text.split('\n').flatMap(line => {
    const pattern = line.replace(/(?<!\\)\s+$/, '').replace(/^\uFEFF/, '')
    if (!pattern || pattern.startsWith('#') || unsuitable(pattern)) return []
    const negated = pattern.startsWith('!')
    const body = pattern.slice(negated ? 1 : 0).replace(/^\\(?=[#!])/, '')
    const anchored = body.replace(/\/+$/, '').includes('/')
    const path = body.replace(/^\/+/, '').replace(/\/+$/, '')
    if (!path || path === '**') return []
    // `site*/` is no `site-monitor.js`; a name without a wildcard is hardly ever a file's too.
    const inside = body.endsWith('/') && !negated && /[*?[][^/]*$/.test(path) ? '/**' : ''
    return [
      `${negated ? '!' : ''}${base}${anchored || path.startsWith('**/') ? path : `**/${path}`}${inside}`,
    ]
  })
}

/** Control characters, and git's escapes, that Docker reads otherwise. */
const unsuitable = (pattern: string): boolean =>
  /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\\]/u.test(pattern.replace(/^\\(?=[#!])/, '')) ||
  pattern.length > 1024
