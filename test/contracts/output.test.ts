import { DockerfileParser } from 'dockerfile-ast'
import { describe, expect, test } from 'vitest'
import { creations } from '../support/creations.ts'

/** What holds of every file that is written, whatever the language. */
describe.each(creations)('$name', ({ files }) => {
  test.each([...files])('$path is clean text', ({ content }) => {
    expect(content).toMatch(/[^\n]\n$/)
    expect(content).not.toMatch(/[ \t]\n/)
    expect(content).not.toMatch(/\n\n\n/)
    expect(content).not.toMatch(/\b(undefined|NaN)\b|\[object/)
    expect(content).not.toMatch(/[^\n\x20-\x7e]/)
  })

  const dockerfile = DockerfileParser.parse(files[0]?.content ?? '')
  const instructions = dockerfile.getInstructions()
  const all = (keyword: string) => instructions.filter(one => one.getKeyword() === keyword)

  test('starts with the syntax line and one ARG for the version', () => {
    expect(files[0]?.content).toMatch(/^# syntax=docker\/dockerfile:1\n/)
  })

  test('names its stages, and ends with one that runs', () => {
    const stages = dockerfile.getFROMs()
    for (const stage of stages) {
      expect.soft(stage.getBuildStage(), stage.toString()).not.toBeNull()
      expect.soft(stage.getImage(), stage.toString()).not.toMatch(/:latest$/)
    }
    expect(stages.at(-1)?.getBuildStage()).toBe('runtime')
  })

  test('builds no stage in vain', () => {
    const stages = dockerfile.getFROMs().map(stage => stage.getBuildStage() ?? '')
    const text = instructions.map(one => one.getTextContent()).join('\n')
    const idle = stages
      .slice(0, -1)
      .filter(stage => !new RegExp(`(from=|FROM (--\\S+ )?)${stage}\\b`).test(text))
    expect(idle).toEqual([])
  })

  test('runs as a number, and starts by exec form', () => {
    expect(all('USER').at(-1)?.getArgumentsContent()).toMatch(/^[1-9]\d*:[1-9]\d*$/)
    for (const start of [...all('CMD'), ...all('ENTRYPOINT')])
      expect.soft(JSON.parse(start.getArgumentsContent() ?? ''), start.toString()).toBeInstanceOf(Array)
  })

  test('takes nothing by ADD, and no secret by ARG or ENV', () => {
    expect(all('ADD')).toEqual([])
    for (const one of [...all('ARG'), ...all('ENV')])
      expect
        .soft(one.getTextContent())
        .not.toMatch(/\b\w*(TOKEN|PASSWORD|SECRET_KEY|API_KEY|PRIVATE_KEY)\w*=\S/i)
  })

  test('installs before it copies the sources', () => {
    const text = files[0]?.content ?? ''
    const whole = text.search(/^COPY( --\S+)* \. /m)
    const install = text.search(/--mount=type=cache/)
    if (whole >= 0 && install >= 0) expect(install).toBeLessThan(whole)
    expect(text).toMatch(/^(COPY|RUN) /m)
  })
})
