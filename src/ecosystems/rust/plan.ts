import type { Wishes } from '../../options/options.ts'
import type { BaseImage, IgnoreSection, Plan } from '../../plan/plan.ts'
import { contextPath, shell } from '../../plan/words.ts'
import type { Candidate } from '../ecosystem.ts'
import { buildEnv, buildPackages, checked, commands, mounts } from './compile.ts'
import type { RustFacts } from './facts.ts'
import { canAsk, imageNotes, launch, pairs, runtimeImage } from './image.ts'
import { type Storage, storageNotes, storageOf } from './storage.ts'

/** Decides everything about the image of one Rust program. */
export function plan({ facts, dir }: Candidate<RustFacts>, wishes: Wishes): Plan {
  const { toolchain } = facts
  const version = checked(toolchain.version.value, /^\d+(\.\d+){0,2}$/, 'the Rust version')
  const image = runtimeImage(facts, wishes)
  const variant = image.family === 'alpine' ? 'alpine' : `slim-${toolchain.suite}`
  const build = `rust:\${RUST_VERSION}-${variant}`
  const { compile, ...steps } = commands(facts, image)
  const workdir = dir === '.' ? '/app' : `/app/${contextPath(dir)}`
  const states = facts.states.map(({ value }) => value)
  const storage = storageOf(states, workdir, facts.runtimeFiles)
  return {
    dir,
    template: 'rust/binary',
    view: {
      version,
      build: { ref: build },
      workdir,
      ...buildPackages(facts, image),
      reasons: facts.natives.reasons,
      toolchain: toolchain.channel,
      env: buildEnv(facts),
      mounts: mounts(facts, dir, image),
      ...steps,
      compile: wishes.build?.value ?? compile,
      bin: facts.bin,
      healthcheck: canAsk(facts) && {
        ref: build,
        portEnv: facts.portEnv && checked(facts.portEnv, /^[A-Za-z_]\w*$/, 'a variable'),
      },
      ...runtimeStage(facts, image, storage),
      runtime: launch(facts, wishes, image, storage),
    },
    ignore: { sections: ignored(facts, wishes), keep: facts.compiledIn },
    images: { build: `rust:${version}-${variant}`, runtime: image.ref },
    notes: [...imageNotes(facts, image, wishes), ...storageNotes(facts, storage)],
  }
}

/** What the runtime image gets beside the program. */
function runtimeStage(
  { shutdown, natives, runtimeEnv, runtimeFiles }: RustFacts,
  { family }: BaseImage,
  storage: Storage,
) {
  const tini = shutdown === 'init' ? ['tini'] : undefined
  return {
    init: tini && family !== 'alpine' ? { packages: tini } : undefined,
    runtimeApk: family === 'alpine' ? tini : undefined,
    runtimePackages: family === 'debian' ? ['ca-certificates', ...natives.runtime] : undefined,
    runtimeEnv: pairs(runtimeEnv),
    runtimeDir: storage.workdir,
    state: storage.folder && checked(storage.folder, /^\/[\w./-]+$/, 'the folder of what is written'),
    mkdir: `mkdir -p ${shell(...['', ...storage.inside].map(folder => `/out/state${folder}`))}`,
    stateEnv: pairs(storage.env),
    files: runtimeFiles.map(({ from, to }) => ({ from: [from], to: to.startsWith('/') ? to : `./${to}` })),
  }
}

function ignored({ toolchain, dir }: RustFacts, wishes: Wishes): readonly IgnoreSection[] {
  const { source } = toolchain.version
  const pinned = !wishes.runtimeVersion && source.from === 'file' && source.path.includes('rust-toolchain')
  return [
    // A module may be called target: only the output folder at the root is known by its name alone.
    {
      comment: 'Built again inside',
      patterns: [dir === '.' ? 'target' : `${dir}/target`, '**/target/debug', '**/target/release'],
    },
    ...(pinned || wishes.runtimeVersion
      ? [
          {
            comment: "The build image's tag says which toolchain it is; rustup would fetch another",
            patterns: ['**/rust-toolchain', '**/rust-toolchain.toml'],
          },
        ]
      : []),
  ]
}
