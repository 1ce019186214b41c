import { describe, expect, test } from 'vitest'
import { createFrom } from '../../support/project.ts'

const flask = 'from flask import Flask\napp = Flask(__name__)\n'
const web = (requirements: string, code = flask) => ({ 'requirements.txt': requirements, 'app.py': code })

const django = (settings: string, more: Record<string, string> = {}) => ({
  'requirements.txt': 'django\ngunicorn==23.0.0',
  'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.settings")\n',
  'site1/__init__.py': '',
  'site1/wsgi.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.settings")\n',
  'site1/asgi.py': '',
  'site1/settings.py': `from pathlib import Path\nimport os\nBASE_DIR = Path(__file__).resolve().parent.parent\nINSTALLED_APPS = ["django.contrib.staticfiles"]\n${settings}`,
  ...more,
})

describe('the runtime image', () => {
  test.each<[name: string, files: Record<string, string>, reason: string | undefined]>([
    ['distroless where nothing speaks against it', web('flask'), undefined],
    [
      'slim for another line',
      { ...web('flask'), '.python-version': '3.12' },
      'distroless has Python 3.13 alone',
    ],
    ['slim for system libraries', web('flask\nweasyprint'), 'weasyprint needs system libraries'],
    ['slim for a package that looks for programs', web('flask\npexpect'), 'pexpect looks for programs'],
    [
      'slim for a program',
      web('flask', `import subprocess\n${flask}subprocess.run(["x"])\n`),
      'app.py starts other programs',
    ],
    [
      'slim for a pin that is older',
      web('flask\nnumpy==1.26.4'),
      'this release of numpy is older than Python 3.13',
    ],
  ])('%s', async (_, files, reason) => {
    const { plan, notes } = await createFrom(files)
    expect(plan.images.runtime.startsWith('gcr.io/distroless/python3')).toBe(reason === undefined)
    const message = notes.find(({ code }) => code === 'RUNTIME_SLIM')?.message
    if (reason) expect(message).toContain(reason)
    else expect(message).toBeUndefined()
  })

  test('is the one that is wished for', async () => {
    expect((await createFrom(web('flask'), { runtime: 'slim' })).dockerfile).toContain('AS runtime')
    expect((await createFrom(web('flask'), { runtime: 'slim' })).plan.images.runtime).toBe(
      'python:3.13-slim-trixie',
    )
    expect((await createFrom(web('flask'), { runtime: 'alpine' })).plan.images.runtime).toBe(
      'python:3.13-alpine',
    )
    await expect(
      createFrom({ ...web('flask'), '.python-version': '3.12' }, { runtime: 'distroless' }),
    ).rejects.toMatchObject({ code: 'NO_DISTROLESS' })
  })

  test('needs nothing built for a script of the standard library', async () => {
    const { dockerfile } = await createFrom({ 'main.py': 'print("x")\n' })
    expect(dockerfile.match(/^FROM/gm)).toHaveLength(1)
    expect(dockerfile).toContain('STOPSIGNAL SIGINT')
  })
})

describe('system packages', () => {
  test('compile and run in different stages', async () => {
    const { dockerfile } = await createFrom(web('flask\nmysqlclient'))
    const [build = '', runtime = ''] = dockerfile.split('AS runtime')
    expect(build).toContain('default-libmysqlclient-dev gcc libc6-dev pkg-config')
    expect(runtime).toContain('libmariadb3')
    expect(runtime).not.toContain('gcc')
  })

  test.each([
    ['psycopg', true],
    ['psycopg[binary]', false],
    ['psycopg2-binary', false],
    ['psycopg2', true],
  ])('libpq for %s: %s', async (requirement, wanted) => {
    expect((await createFrom(web(`flask\n${requirement}`))).dockerfile.includes('libpq5')).toBe(wanted)
  })

  test("are called by Debian's names of the image's release", async () => {
    const old = await createFrom({ ...web('flask\npython-magic'), '.python-version': '3.8' })
    expect(old.dockerfile).toContain('python:${PYTHON_VERSION}-slim-bookworm')
    expect(old.dockerfile).toMatch(/ libmagic1\n/)
    expect((await createFrom(web('flask\npython-magic'))).dockerfile).toMatch(/ libmagic1t64\n/)
  })

  test('a known program that the sources call comes along', async () => {
    const { dockerfile } = await createFrom(
      web('flask', `import subprocess\n${flask}subprocess.run(["ffmpeg", "-i"])\n`),
    )
    expect(dockerfile).toContain('--no-install-recommends ffmpeg')
  })
})

describe('Django', () => {
  const secret = 'SECRET_KEY = os.environ["SECRET_KEY"]\n'

  test('collects static files with harmless values, in that command alone', async () => {
    const { dockerfile } = await createFrom(django(`${secret}STATIC_ROOT = BASE_DIR / "static"\n`))
    expect(dockerfile).toContain(
      'DJANGO_SETTINGS_MODULE=site1.settings SECRET_KEY=build python manage.py collectstatic --noinput',
    )
    expect(dockerfile).not.toMatch(/^(ENV|ARG).*SECRET_KEY/m)
  })

  test('collects nothing without STATIC_ROOT', async () => {
    expect((await createFrom(django(secret))).dockerfile).not.toContain('collectstatic')
  })

  test('takes static files along that are collected elsewhere', async () => {
    const { dockerfile } = await createFrom(django('STATIC_ROOT = "/public"\n'))
    expect(dockerfile).toContain('COPY --from=build /public /public')
  })

  test('keeps SQLite in a volume, with what the repository has in it', async () => {
    const databases =
      'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(BASE_DIR, "db.sqlite3")}}\n'
    const empty = await createFrom(django(databases))
    expect(empty.dockerfile).toContain('ln -sf /data/db.sqlite3 db.sqlite3')
    expect(empty.dockerfile).toContain('VOLUME /data')
    expect(empty.ignore).toMatch(/^db\.sqlite3$/m)
    const seeded = await createFrom(django(databases, { 'db.sqlite3': 'x' }))
    expect(seeded.dockerfile).toContain('install -o 65532 -g 65532 -m 644 db.sqlite3 /data/db.sqlite3')
    expect(seeded.ignore).not.toMatch(/^db\.sqlite3$/m)
  })

  test('runs by the production half of split settings', async () => {
    const { dockerfile } = await createFrom({
      'requirements.txt': 'django\ngunicorn',
      'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")\n',
      'config/wsgi.py':
        'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")\n',
      'config/settings/base.py': 'STATIC_ROOT = "/srv/static"\n',
      'config/settings/local.py': 'from .base import *\n',
      'config/settings/production.py': 'from .base import *\n',
    })
    expect(dockerfile).toContain(
      'DJANGO_SETTINGS_MODULE=config.settings.production python manage.py collectstatic',
    )
    expect(dockerfile).toMatch(/^ENV .*DJANGO_SETTINGS_MODULE=config\.settings\.production/m)
  })

  test('runs where manage.py lies', async () => {
    const files = Object.fromEntries(
      Object.entries(django('STATIC_ROOT = BASE_DIR / "s"\n')).map(([path, text]) => [
        path === 'requirements.txt' ? path : `src/${path}`,
        text,
      ]),
    )
    const { dockerfile } = await createFrom(files)
    expect(dockerfile).toContain('python src/manage.py collectstatic')
    expect(dockerfile).toContain('WORKDIR /app/src')
  })

  test('is served by ASGI where it has channels', async () => {
    const { dockerfile } = await createFrom({
      ...django(''),
      'requirements.txt': 'django\nchannels\nuvicorn',
    })
    expect(dockerfile).toContain('"uvicorn", "site1.asgi:application"')
  })
})

describe('what the program writes', () => {
  test.each([
    ['a relative URL', 'URL = "sqlite:///./app.db"', 'ln -sf /data/app.db app.db'],
    [
      'a default of a variable',
      'import os\nURL = os.getenv("DATABASE_URL", "sqlite+aiosqlite:///data.db")',
      'ln -sf /data/data.db data.db',
    ],
    [
      'a joined path',
      'import os\nhere = os.path.dirname(__file__)\nURL = "sqlite:///" + os.path.join(here, "x.db")',
      'ln -sf /data/x.db x.db',
    ],
    [
      'a class of settings',
      'import os\nclass Config:\n  BASE = os.path.dirname(__file__)\n  URL = "sqlite:///" + os.path.join(BASE, "y.db")',
      'ln -sf /data/y.db y.db',
    ],
    ['a connection', 'import sqlite3\nsqlite3.connect("store.db")', 'ln -sf /data/store.db store.db'],
    ['a folder', 'import os\nos.makedirs("uploads", exist_ok=True)', 'ln -s /data/uploads uploads'],
    ['a log', 'from logging import FileHandler\nFileHandler("app.log")', 'ln -sf /data/app.log app.log'],
  ])('%s', async (_, code, link) => {
    const { dockerfile } = await createFrom(web('flask', `${code}\n${flask}`))
    expect(dockerfile).toContain(link)
    expect(dockerfile).toContain('COPY --from=build --chown=65532:65532 /data /data')
  })

  test.each([
    ['memory', 'URL = "sqlite:///:memory:"'],
    ['an absolute path', 'URL = "sqlite:////var/x.db"'],
    ['a path out of the app', 'import os\nos.makedirs("../x")'],
  ])('%s is left alone', async (_, code) => {
    expect((await createFrom(web('flask', `${code}\n${flask}`))).dockerfile).not.toContain('/data')
  })
})

describe('gunicorn', () => {
  test.each([
    ['gunicorn==23.0.0', '"--access-logfile"', '--no-control-socket'],
    ['gunicorn==27.0.1', '"--no-control-socket"', 'XDG_RUNTIME_DIR'],
    ['gunicorn', 'XDG_RUNTIME_DIR=/dev/shm', '--no-control-socket'],
  ])('%s has %s and not %s', async (requirement, has, lacks) => {
    const { dockerfile } = await createFrom(web(`flask\n${requirement}`))
    expect(dockerfile).toContain(has)
    expect(dockerfile).not.toContain(lacks)
  })

  test('is told where to listen when a configuration says otherwise', async () => {
    const { dockerfile } = await createFrom({
      ...web('flask\ngunicorn'),
      'gunicorn.conf.py': 'bind = "unix:/tmp/x.sock"\n',
    })
    expect(dockerfile).toContain('"--bind", "0.0.0.0:8000"')
    expect(dockerfile).not.toContain('PORT=')
  })
})

test('a console script is installed beside the environment, without sources', async () => {
  const { dockerfile } = await createFrom({
    'pyproject.toml':
      '[project]\nname = "tool"\ndynamic = ["version"]\nreadme = "README.md"\ndependencies = ["click"]\n[project.scripts]\ntool = "tool.cli:main"\n[build-system]\nrequires = ["hatchling", "hatch-vcs"]\n',
    'README.md': '# tool',
    'src/tool/cli.py': 'import click\ndef main(): pass\n',
  })
  expect(dockerfile).toContain('SETUPTOOLS_SCM_PRETEND_VERSION=0.0.0 pip')
  expect(dockerfile).toContain('COPY --from=build /project /venv')
  expect(dockerfile).not.toContain('COPY --from=build /app')
  expect(dockerfile).toContain('ENTRYPOINT ["tool"]\nCMD ["--help"]')
})

test('an app in a folder is built from the root of the repository', async () => {
  const { files, dockerfile } = await createFrom({
    'backend/requirements.txt': 'flask',
    'backend/app.py': flask,
    'README.md': 'x',
  })
  expect(files.map(({ path }) => path)).toEqual(['backend/Dockerfile', 'backend/Dockerfile.dockerignore'])
  expect(dockerfile).toContain('source=backend/requirements.txt,target=requirements.txt')
  expect(dockerfile).toContain('COPY backend .')
})
