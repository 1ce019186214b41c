import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'

/** Where no registry answers, DOCKER_KIT names a folder whose base-images.mjs makes stand-ins under the same tags. */
export async function baseImages(dockerfile: string): Promise<void> {
  const kit = process.env.DOCKER_KIT
  if (kit && existsSync(join(kit, 'base-images.mjs')))
    await execa(join(kit, 'base-images.mjs'), ['--for', dockerfile], { stderr: 'inherit' })
}
