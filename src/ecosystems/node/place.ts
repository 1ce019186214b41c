/** Where a package lies. */
export interface Place {
  /** The folder with the lock file. */
  readonly root: string
  /** The package's, from there. */
  readonly app: string
}

export const pathOf = ({ root, app }: Place): string =>
  [root, app].filter(part => part !== '.').join('/') || '.'
