import type { SyntaxNode } from '@lezer/common'
import { evaluate } from './evaluate.ts'
import { type Module, source, textOf } from './syntax.ts'

/** `new winston.transports.File(…)`: where its folder can't be made, it ends the program. */
export const isFileTransport = (name: string): boolean =>
  /(^|\.)transports\.(File|DailyRotateFile)$/.test(name)

/** `{ type: 'dateFile', filename: 'logs/app.log' }` of log4js, `{ type: 'rotating-file', path: … }` of bunyan. */
export const isLogFile = (module: Module, type: SyntaxNode): boolean =>
  /^((date|multi|rotating-)?file|fileSync)$/i.test(textOf(module, type.lastChild) ?? '') &&
  (type.parent?.getChildren('Property') ?? []).some(({ firstChild }) =>
    /^(filename|path|base)$/.test(firstChild ? source(module, firstChild) : ''),
  )

/** `pino.destination('logs/app.log')`; its number is that of a stream. */
export const logsToFile = (module: Module, callee: string, [first]: readonly SyntaxNode[]): boolean =>
  callee === 'pino.destination' && first !== undefined && typeof evaluate(module, first).value !== 'number'
