/** Control characters end a line or hide; bidi marks show a reader another text than the one that is there. */
export const HIDDEN = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u
const EVERY_HIDDEN = new RegExp(HIDDEN, 'gu')

/** A text of the project as it can be shown: on one line, with nothing hidden, and not longer than a screen. */
export function oneLine(text: string, most = 1000): string {
  const shown = text.length > most ? `${text.slice(0, most)}…` : text
  return shown.replace(EVERY_HIDDEN, mark =>
    mark === '\n' ? '\\n' : `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
