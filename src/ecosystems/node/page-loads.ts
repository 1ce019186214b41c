import type { Project } from '../../project/project.ts'
import { type Tag, tagsOf } from './html-tags.ts'
import { joinOutward } from './paths.ts'

/** Other hosts, templates' names, and what a platform or a server puts there: none of them is a file here. */
const ELSEWHERE = /^([a-z][a-z\d+.-]*:|\/\/|\/(__|_vercel|cdn-cgi|\.netlify|socket\.io)\/|#|$)|[{}<>%$]/i
const OF_SHELL = /(^|\/)(cordova|phonegap|capacitor)\.js$/
/** Folders that no snapshot of a project shows. */
const UNSEEN = /(^|\/)vendor\//

/** The files that a page loads from its own site and that are not here: paths from the project's root. */
export function lackingOf(project: Project, folder: string): readonly string[] {
  const tags = tagsOf(project.text(folder === '' ? 'index.html' : `${folder}/index.html`) ?? '')
  const base = tags.find(({ name }) => name === 'base')?.attributes.get('href')
  if (base !== undefined && base !== '/' && base !== './') return []
  return [...new Set(tags.flatMap(loaded))]
    .filter(path => !ELSEWHERE.test(path) && !OF_SHELL.test(path.replace(/[?#].*/, '')))
    .map(path => joinOutward(folder, decoded(path.replace(/[?#].*/, ''))))
    .filter(path => !UNSEEN.test(path) && !path.startsWith('..') && !project.has(path))
}

/** Scripts and styles: without a picture a page still works. */
function loaded({ name, attributes }: Tag): readonly string[] {
  const path =
    name === 'script'
      ? attributes.get('src')
      : name === 'link' && attributes.get('rel') === 'stylesheet'
        ? attributes.get('href')
        : undefined
  return path === undefined ? [] : [path.trim()]
}

function decoded(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}
